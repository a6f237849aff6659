import type {
  ApiKey,
  ApiKeyInput,
  ApiKeyPage,
  ApiKeyWithSecret,
  ListApiKeysData,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Page of `apiKeys.list`. `limit` is 1 to 250, 50 by default. */
export type ApiKeyQuery = QueryOf<ListApiKeysData>

/** API keys, for credentials with the scope `admin`. Every call throws PosthornApiError or TypeError. */
export interface ApiKeys {
  /** Makes a key, shown in this answer only; sending it again makes no second one. Errors: `scope_missing`. */
  create(input: ApiKeyInput): Promise<ApiKeyWithSecret>
  /** A page, newest first, revoked ones among them. */
  list(query?: ApiKeyQuery): Promise<ApiKeyPage>
  /** All of them, newest first, page by page. */
  iterate(query?: ApiKeyQuery): AsyncGenerator<ApiKey, void, undefined>
  /**
   * Gives a key a new secret, shown in this answer only. As it was before, it stays good for `overlapSeconds`, a day by
   * default; 0 ends it at once. Errors: `not_found`, `api_key_ended`.
   */
  rotate(id: string, options?: { overlapSeconds?: number }): Promise<ApiKeyWithSecret>
  /** Revokes a key for good; holds within two seconds. Errors: `not_found`. */
  revoke(id: string): Promise<void>
}

export function createApiKeys(send: Send, organisationId: string | undefined): ApiKeys {
  const list = (query: ApiKeyQuery = {}) =>
    send<ApiKeyPage>({ method: 'GET', path: '/v1/api-keys', query: { organisationId, ...query } })
  return {
    create: (input) =>
      send({
        method: 'POST',
        path: '/v1/api-keys',
        body: input.organisationId === undefined ? { ...input, organisationId } : input,
      }),
    list,
    iterate: (query = {}) => iteratePages(list, query),
    rotate: (id, options = {}) =>
      send({ method: 'POST', path: path`/v1/api-keys/${id}/rotate`, body: options }),
    revoke: (id) => send({ method: 'DELETE', path: path`/v1/api-keys/${id}` }),
  }
}
