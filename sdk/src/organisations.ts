import type {
  ListOrganisationsData,
  Organisation,
  OrganisationInput,
  OrganisationPage,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** What to look for (`q`), and which page. `limit` is 1 to 250, 50 by default. */
export type OrganisationQuery = QueryOf<ListOrganisationsData>

/** Organisations, for platform credentials. Every call throws PosthornApiError or TypeError. */
export interface Organisations {
  /** A page of those that a key or a subscription ever named, newest first; `q` searches names and ids. */
  list(query?: OrganisationQuery): Promise<OrganisationPage>
  /** All of them, newest first, page by page. */
  iterate(query?: OrganisationQuery): AsyncGenerator<Organisation, void, undefined>
  /** One of them. Errors: `not_found`. */
  get(id: string): Promise<Organisation>
  /** Names it, and makes it known when it is not yet. Errors: `not_found`, `validation_failed`. */
  put(id: string, input: OrganisationInput): Promise<Organisation>
}

export function createOrganisations(send: Send): Organisations {
  const list = (query: OrganisationQuery = {}) =>
    send<OrganisationPage>({ method: 'GET', path: '/v1/organisations', query })
  return {
    list,
    iterate: (query = {}) => iteratePages(list, query),
    get: (id) => send({ method: 'GET', path: path`/v1/organisations/${id}` }),
    put: (id, body) => send({ method: 'PUT', path: path`/v1/organisations/${id}`, body }),
  }
}
