import { bytesOf, importPublicKey, type PublicKey } from './public-key.ts'

/** How long keys are good without being asked for again: as long as the server says they may be kept. */
const freshForMs = 300_000
/** When no key fits, they may have changed: but a forger cannot make us ask more often than this. */
const cooldownMs = 30_000
/** While the server does not answer, what it said is good for so long: as long as a key before signs after a rotation. */
const usableForMs = 24 * 3_600_000
const timeoutMs = 5000
const addressesMax = 100

interface Fetched {
  keys: readonly PublicKey[]
  fetchedAtMs: number
}

interface Address {
  askedAtMs: number
  answer: Promise<Fetched>
}

const addresses = new Map<string, Address>()

/**
 * The ed25519 keys of a `jwks.json`, from memory for five minutes; all who ask meanwhile share a request. With `anew`, asked
 * for again, unless that was half a minute ago or less.
 * @throws Error when they cannot be fetched, and were not within a day
 */
export async function remoteKeys(url: string, anew = false): Promise<readonly PublicKey[]> {
  const nowMs = Date.now()
  const known = addresses.get(url)
  if (known && nowMs - known.askedAtMs < (anew ? cooldownMs : freshForMs))
    return (await known.answer).keys
  const address = { askedAtMs: nowMs, answer: fetchKeys(url, known) }
  addresses.delete(url)
  addresses.set(url, address)
  const [oldest] = addresses.keys()
  if (addresses.size > addressesMax && oldest !== undefined) addresses.delete(oldest)
  try {
    return (await address.answer).keys
  } catch (error) {
    if (addresses.get(url) === address) addresses.delete(url)
    throw error
  }
}

async function fetchKeys(url: string, before: Address | undefined): Promise<Fetched> {
  const fetchedAtMs = Date.now()
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    return { keys: await readJwks((await response.json()) as Jwks), fetchedAtMs }
  } catch (error) {
    const last = await before?.answer.catch(() => undefined)
    if (last && fetchedAtMs - last.fetchedAtMs < usableForMs) return last
    const reason = error instanceof Error ? error.message : 'it failed'
    throw new Error(`The keys at ${url} could not be fetched: ${reason}`, { cause: error })
  }
}

interface Jwk {
  kty?: unknown
  crv?: unknown
  x?: unknown
}

interface Jwks {
  keys: Jwk[]
}

function readJwks({ keys }: Jwks): Promise<PublicKey[]> {
  const texts = keys.flatMap(({ kty, crv, x }) =>
    kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && /^[\w-]{43}$/.test(x) ? [x] : [],
  )
  return Promise.all(
    texts.map((x) => importPublicKey(bytesOf(x.replaceAll('-', '+').replaceAll('_', '/')))),
  )
}
