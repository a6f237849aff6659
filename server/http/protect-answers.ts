import type { Middleware } from './environment.ts'

/**
 * For answers of the API, which are data: no browser or proxy keeps them, takes them for something else, shows them in
 * a frame or lets another site load them as part of a page. Scripts of allowed origins read them all the same, by CORS.
 */
export function protectAnswers(): Middleware {
  return async function protectAnswer(c, next) {
    c.header('cache-control', 'no-store')
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    c.header('cross-origin-resource-policy', 'same-origin')
    c.header('referrer-policy', 'no-referrer')
    c.header('x-content-type-options', 'nosniff')
    await next()
  }
}
