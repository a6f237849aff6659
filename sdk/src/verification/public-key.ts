/** A public key of ed25519, ready to verify with. */
export type PublicKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** Posthorn sends six at most; whoever sends more wants us to calculate. */
const signaturesMax = 6

/** The 32 bytes of a public key as Web Crypto takes them: Node.js, Deno, Bun, Workers and browsers have it. */
export function importPublicKey(bytes: Uint8Array<ArrayBuffer>): Promise<PublicKey> {
  return crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])
}

/** Whether a text is meant as a public key of Standard Webhooks, `whpk_` and base64 of 32 bytes. */
export function isPublicKey(text: string): boolean {
  return text.startsWith('whpk_')
}

/** @throws TypeError when it is no key */
export function readPublicKey(text: string): Promise<PublicKey> {
  if (!/^whpk_[A-Za-z0-9+/]{43}=$/.test(text))
    throw new TypeError(
      'The public key is not one: it looks like whpk_… and is base64 of 32 bytes.',
    )
  return importPublicKey(bytesOf(text.slice('whpk_'.length)))
}

/** The signatures of a `webhook-signature` that are ed25519. */
export function asymmetricSignatures(header: string): Uint8Array<ArrayBuffer>[] {
  return header
    .split(' ')
    .flatMap((one) => /^v1a,([A-Za-z0-9+/]{86}==)$/.exec(one)?.[1] ?? [])
    .slice(0, signaturesMax)
    .map(bytesOf)
}

export async function isSignedByAny(
  keys: readonly PublicKey[],
  signatures: readonly Uint8Array<ArrayBuffer>[],
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  for (const key of keys) {
    for (const signature of signatures) {
      if (await crypto.subtle.verify('Ed25519', key, signature, content)) return true
    }
  }
  return false
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
