import type { Context } from '../context.ts'
import type { Middleware, RequestContext } from '../http/environment.ts'
import { readBody } from '../http/read-body.ts'
import type { Claim } from '../kernel/caller.ts'
import type { PosthornError } from '../kernel/errors.ts'
import { claimKey, keepAnswer, releaseKey, type Standing } from './claims.ts'
import { idempotencyErrors } from './errors.ts'
import { digestRequest, parseKey } from './request-digest.ts'
import { seal, unseal } from './seal.ts'

/** The most that any operation takes. */
const bodyBytesMax = 16 * 1024 * 1024

/** A key is kept for a day, and nobody is to fill the disk with what a small request gets. */
const keptLengthMax = 1024 * 1024

/** Headers that are of the answer itself, not of the request that got it. */
const keptHeaders = ['content-type', 'etag', 'location']

interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Carries out a request that has an `Idempotency-Key` once, and gives who sends it again within 24 hours the first answer.
 * An answer that refused is not kept, nor is one of more than a MiB. After `identifyCaller`.
 * @throws idempotency_key_invalid, idempotency_conflict, idempotency_in_progress, idempotency_answer_lost,
 * idempotency_answer_sealed
 */
export function answerOnce(ctx: Context): Middleware {
  return async function answerFirst(c, next) {
    const header = c.req.header('idempotency-key')
    if (header === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const { pathname, search } = new URL(c.req.url)
    const request = digestRequest({
      key: parseKey(header),
      actor: c.var.actor,
      method: c.req.method,
      address: pathname + search,
      body: await readBody(c, bodyBytesMax),
    })
    const standing = await claimKey(ctx.database.engine, request)
    if (standing.state !== 'claimed') return answerAgain(c, standing, request.digest)
    c.var.caller.claim = standing.claim
    await next()
    await settle(ctx, c, standing.claim)
    return undefined
  }
}

/** A failure here costs a later caller the answer, not this one. */
async function settle(ctx: Context, c: RequestContext, claim: Claim): Promise<void> {
  const db = ctx.database.engine
  try {
    if (!c.res.ok) return await releaseKey(db, claim)
    const body = await c.res.clone().text()
    // A minute later the request is carried out again: what was pulled is leased until then, events have the same ids.
    if (body.length > keptLengthMax) return
    const headers = keptHeaders.flatMap((name) => {
      const value = c.res.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    const answer: Answer = { status: c.res.status, headers: Object.fromEntries(headers), body }
    await keepAnswer(db, claim, seal(JSON.stringify(answer), tokenOf(c), claim.digest))
  } catch (err) {
    ctx.log.warn({ err }, 'what became of a request with an Idempotency-Key could not be kept')
  }
}

function answerAgain(
  c: RequestContext,
  standing: Exclude<Standing, { state: 'claimed' }>,
  digest: string,
): Response {
  if (standing.state !== 'answered') throw refusalOf(standing.state)
  const text = unseal(standing.answer, tokenOf(c), digest)
  if (text === undefined) {
    throw idempotencyErrors.idempotency_answer_sealed({
      detail: 'Look at what the first request has made, or send the token that it was sent with.',
    })
  }
  const { status, headers, body } = JSON.parse(text) as Answer
  c.header('idempotency-replayed', 'true')
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.newResponse(body === '' ? null : body, { status: status as 200 })
}

function refusalOf(state: 'in_progress' | 'conflict' | 'applied'): PosthornError {
  switch (state) {
    case 'conflict':
      return idempotencyErrors.idempotency_conflict({
        detail: 'Its method, address or body differ. Use a new key for a new request.',
      })
    case 'applied':
      return idempotencyErrors.idempotency_answer_lost({
        detail: 'The process ended before it could answer. Look at what the request has made.',
      })
    case 'in_progress':
      return idempotencyErrors.idempotency_in_progress({
        detail: 'Send it again in a moment to get its answer.',
        retryAfterSeconds: 1,
      })
  }
}

/** Who came this far has one. */
function tokenOf(c: RequestContext): string {
  return c.req.header('authorization')?.trim().split(' ').at(-1) ?? ''
}
