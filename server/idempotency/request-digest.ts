import { createHash } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import { idempotencyErrors } from './errors.ts'

/** What a request with an `Idempotency-Key` is known by. */
export interface RequestDigest {
  digest: string
  fingerprint: string
}

export interface RequestParts {
  key: string
  actor: Pick<Actor, 'kind' | 'id' | 'organisationId'>
  method: string
  /** Path and query. */
  address: string
  body: Uint8Array
}

export function digestRequest({ key, actor, method, address, body }: RequestParts): RequestDigest {
  return {
    digest: sha256([actor.kind, actor.id, String(actor.organisationId), key]),
    fingerprint: sha256([method, address, body]),
  }
}

/** The key in the header: plain, or in quotes as the draft of the IETF has it. @throws idempotency_key_invalid */
export function parseKey(header: string): string {
  const [, quoted] = /^"(.*)"$/.exec(header) ?? []
  const key = quoted ?? header
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw idempotencyErrors.idempotency_key_invalid({
    detail: 'Send 1 to 255 visible ASCII characters without spaces, such as a UUID.',
  })
}

/** Each part after its length, so that no two lists come out alike. */
function sha256(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}
