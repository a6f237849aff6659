import type {
  ListPortalTokensData,
  PortalToken,
  PortalTokenInput,
  PortalTokenPage,
  PortalTokenWithSecret,
  RevokedPortalTokens,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Page of `portalTokens.list`. `limit` is 1 to 250, 50 by default. */
export type PortalTokenQuery = QueryOf<ListPortalTokensData>

/** Portal tokens, for credentials with the scope `admin`. Every call throws PosthornApiError or TypeError. */
export interface PortalTokens {
  /** Makes a token, shown in this answer only. Errors: `organisation_required`, `validation_failed`. */
  create(input?: PortalTokenInput): Promise<PortalTokenWithSecret>
  /** A page, newest first; expired ones only with `expired: 'true'`. */
  list(query?: PortalTokenQuery): Promise<PortalTokenPage>
  /** All of them, newest first, page by page. */
  iterate(query?: PortalTokenQuery): AsyncGenerator<PortalToken, void, undefined>
  /** Revokes a token for good; holds within two seconds. Errors: `not_found`. */
  revoke(id: string): Promise<void>
  /**
   * Revokes all tokens of a subject: of the client's `organisationId` or the credential's own, and for a platform
   * credential that names none, of all organisations.
   */
  revokeAll(subject: string): Promise<RevokedPortalTokens>
}

export function createPortalTokens(send: Send, organisationId: string | undefined): PortalTokens {
  const list = (query: PortalTokenQuery = {}) =>
    send<PortalTokenPage>({
      method: 'GET',
      path: '/v1/portal-tokens',
      query: { organisationId, ...query },
    })
  return {
    create: (input = {}) =>
      send({ method: 'POST', path: '/v1/portal-tokens', body: { organisationId, ...input } }),
    list,
    iterate: (query = {}) => iteratePages(list, query),
    revoke: (id) => send({ method: 'DELETE', path: path`/v1/portal-tokens/${id}` }),
    revokeAll: (subject) =>
      send({ method: 'DELETE', path: '/v1/portal-tokens', query: { organisationId, subject } }),
  }
}
