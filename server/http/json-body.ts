import { parseJson } from '../kernel/json.ts'
import type { AppEnv, Middleware, RequestContext } from './environment.ts'
import { httpErrors } from './errors.ts'
import { readBody } from './read-body.ts'

export interface JsonBodyOptions {
  /** @default 262144 (256 KiB) */
  limitBytes?: number
  /** Whether the request may come without a body, which then reads as `{}`. @default false */
  optional?: boolean
}

/** 256 KiB: several times the largest webhook a receiver is likely to accept. */
const bodyLimitBytes = 256 * 1024

/** `application/json`, with no charset but UTF-8. */
const jsonMediaType = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*;?$/i

/**
 * Reads and parses the body once. Belongs in the `middleware` of every route with a JSON body, which
 * runs before the route's schemas; they see the value parsed here.
 *
 * @throws body_missing, body_unreadable, body_too_large, media_type_unsupported and the errors of `parseJson`
 */
export function jsonBody(options: JsonBodyOptions = {}): Middleware {
  const { limitBytes = bodyLimitBytes, optional = false } = options
  return async function readJsonBody(c, next) {
    const bytes = await readBody(c, limitBytes)
    if (bytes.byteLength > 0) {
      requireJson(c)
      setBody(c, parseJson(bytes))
    } else if (optional) {
      const value = {}
      setBody(c, { value, exact: value })
    } else {
      throw httpErrors.body_missing({
        issues: [
          {
            field: '',
            message: 'is missing',
            fix: 'Send a JSON object with content-type application/json.',
          },
        ],
      })
    }
    await next()
  }
}

/**
 * Hono's own `json()` would decode the bytes leniently and parse them again, and filling its body
 * cache makes it print the value and parse that; so this request's `json()` is replaced.
 */
function setBody(c: RequestContext, body: AppEnv['Variables']['body']): void {
  c.set('body', body)
  c.req.json = <T>() => Promise.resolve(body.value as T)
}

function requireJson(c: RequestContext): void {
  const contentType = c.req.header('content-type')?.trim()
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase()
  if (encoding !== undefined && encoding !== 'identity') {
    throw httpErrors.media_type_unsupported({
      detail: 'Compressed bodies are not accepted.',
      issues: [
        {
          field: 'content-encoding',
          message: 'must not be set',
          fix: 'Send the JSON uncompressed.',
        },
      ],
    })
  }
  if (contentType !== undefined && jsonMediaType.test(contentType)) return
  const fix = 'Send the header content-type: application/json.'
  throw httpErrors.media_type_unsupported({
    detail: fix,
    issues: [
      {
        field: 'content-type',
        message: contentType === undefined ? 'is missing' : 'is not application/json',
        fix,
      },
    ],
  })
}
