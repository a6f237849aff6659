import type { AuditEntry, AuditPage, ListAuditEntriesData } from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import type { Send } from './request.ts'

/** Filters and page of `audit.list`. `limit` is 1 to 250, 50 by default. */
export type AuditQuery = QueryOf<ListAuditEntriesData>

/** Who changed what, for keys with the scope `admin`. Every call throws PosthornApiError or TypeError. */
export interface Audit {
  /** A page of entries, newest first. Errors: `scope_missing`. */
  list(query?: AuditQuery): Promise<AuditPage>
  /** All that match, newest first, page by page. */
  iterate(query?: AuditQuery): AsyncGenerator<AuditEntry, void, undefined>
}

export function createAudit(send: Send, organisationId: string | undefined): Audit {
  const list = (query: AuditQuery = {}) =>
    send<AuditPage>({ method: 'GET', path: '/v1/audit', query: { organisationId, ...query } })
  return { list, iterate: (query = {}) => iteratePages(list, query) }
}
