/** What a token is asked for with. */
export interface TokenRequest {
  /** The token that the server has just refused: another one is wanted. Undefined when none was. */
  rejected: string | undefined
}

/** Gives the token to send. Its TypeErrors count as connections that broke, so that `fetch` may be used in it. */
export type TokenSource = (request: TokenRequest) => string | Promise<string>

/** What proves who we are: exactly one of the two. */
export interface CredentialOptions {
  /** An API key: `ph_…`. */
  apiKey?: string
  /**
   * A portal token (`pht_…`) or a JWT, or a function that gives one: it is called for each request and each reconnection
   * of a stream, and once more, with the one that was `rejected`, when the server answered 401.
   */
  token?: string | TokenSource
}

/** Sends by `send` with the header `authorization`, and with another one when the first was refused. */
export type Authorize = (send: (authorization: string) => Promise<Response>) => Promise<Response>

/** @throws TypeError unless there is exactly one credential */
export function createAuthorize({ apiKey, token }: CredentialOptions): Authorize {
  if ((apiKey === undefined) === (token === undefined)) {
    const given = apiKey === undefined ? 'neither' : 'both'
    throw new TypeError(
      `createPosthornClient needs either apiKey or token, and was given ${given}.`,
    )
  }
  const source = token ?? apiKey
  if (typeof source !== 'function') return (send) => send(`Bearer ${source}`)
  return async (send) => {
    const first = await source({ rejected: undefined })
    const response = await send(`Bearer ${first}`)
    if (response.status !== 401) return response
    await response.body?.cancel()
    // A refused request did nothing, so that even one that must not be sent twice may be.
    return send(`Bearer ${await source({ rejected: first })}`)
  }
}
