import { PosthornError } from '../kernel/errors.ts'
import type { RequestContext } from './environment.ts'
import { httpErrors } from './errors.ts'

/** The body's bytes, never more than `limitBytes` of them. @throws body_too_large, body_unreadable, body_already_read */
export async function readBody(
  c: RequestContext,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const declared = c.req.header('content-length')
  if (declared !== undefined && Number(declared) > limitBytes) throw tooLarge(limitBytes)
  if (declared !== '0' && wasReadBefore(c))
    throw httpErrors.body_already_read({ detail: readBefore })
  try {
    const bytes = isBounded(c, declared) ? await readWhole(c) : await readChunks(c, limitBytes)
    if (bytes.byteLength > limitBytes) throw tooLarge(limitBytes)
    return bytes
  } catch (cause) {
    if (cause instanceof PosthornError) throw cause
    // The client hung up, or something before us consumed the stream.
    throw httpErrors.body_unreadable({ cause })
  }
}

const readBefore =
  'The framework had read the body of this request when Posthorn got it. Mount Posthorn before express.json() and other ' +
  'body parsers (in Fastify: in a scope without content type parsers), or keep the bytes that were read in req.rawBody.'

/** What Hono's own request has read is in its cache; what somebody took from the stream before us is gone. */
function wasReadBefore(c: RequestContext): boolean {
  const env = c.env as { isBodyRead?: boolean } | undefined
  return Object.keys(c.req.bodyCache).length === 0 && (env?.isBodyRead || c.req.raw.bodyUsed)
}

/** HTTP servers cut a body off at its content-length, and one that was read before is in memory already. */
function isBounded(c: RequestContext, declared: string | undefined): boolean {
  const isFramed = declared !== undefined && c.req.header('transfer-encoding') === undefined
  return isFramed || Object.keys(c.req.bodyCache).length > 0
}

async function readWhole(c: RequestContext): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await c.req.arrayBuffer())
}

async function readChunks(c: RequestContext, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Leaving the loop by an exception cancels the stream.
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength
    if (length > limitBytes) throw tooLarge(limitBytes)
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  // For whoever asks the request again. Hono keeps promises here, whatever its types say.
  Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(bytes.buffer) })
  return bytes
}

function tooLarge(limitBytes: number): PosthornError {
  const limit =
    limitBytes < 1024 * 1024 ? `${limitBytes / 1024} KiB` : `${limitBytes / 1024 / 1024} MiB`
  return httpErrors.body_too_large({
    detail: `The body may have ${limit} (${limitBytes} bytes).`,
    issues: [
      {
        field: '',
        message: `is larger than ${limit}`,
        fix: 'Send less at once, or a link to large content.',
      },
    ],
  })
}
