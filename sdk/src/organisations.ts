import type {
  ListOrganisationsData,
  Organisation,
  OrganisationPage,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import type { Send } from './request.ts'

/** Page of `organisations.list`. `limit` is 1 to 250, 50 by default. */
export type OrganisationQuery = QueryOf<ListOrganisationsData>

/** Organisations, for platform credentials. Every call throws PosthornApiError or TypeError. */
export interface Organisations {
  /** A page of those that a key or a subscription ever named, newest first. */
  list(query?: OrganisationQuery): Promise<OrganisationPage>
  /** All of them, newest first, page by page. */
  iterate(query?: OrganisationQuery): AsyncGenerator<Organisation, void, undefined>
}

export function createOrganisations(send: Send): Organisations {
  const list = (query: OrganisationQuery = {}) =>
    send<OrganisationPage>({ method: 'GET', path: '/v1/organisations', query })
  return { list, iterate: (query = {}) => iteratePages(list, query) }
}
