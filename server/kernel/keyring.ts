import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Where a secret is stored. It is part of what is authenticated, so a text that was moved elsewhere does not open. */
export interface SecretPlace {
  table: string
  organisationId: string | null
  id: string
  column: string
}

/** `sealed1.<id of the key>.<base64url of IV, ciphertext and tag>`; no secret that Posthorn takes begins so. */
const sealedPattern = /^sealed1\.([\w-]{1,32})\.([\w-]+)$/

/** What begins so was sealed by some key. */
export const sealedPrefix = 'sealed1.'

/** 96 bits, random: at most 2^32 texts per key, which no number of subscriptions comes near. */
const ivBytes = 12
const tagBytes = 16

/** A stored secret that none of the keys opens. `message` is a sentence for people and holds nothing secret. */
export class SealedSecretError extends Error {
  override readonly name = 'SealedSecretError'
}

/**
 * The keys that secrets are encrypted with at rest: AES-256-GCM, by the current key; each opens what it has sealed.
 * Without keys, secrets are stored as they are.
 */
export class Keyring {
  readonly #keys: ReadonlyMap<string, KeyObject>

  /** The first key is the current one. */
  constructor(keys: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]))
  }

  /** Null where there are no keys. */
  get currentId(): string | null {
    const [id = null] = this.#keys.keys()
    return id
  }

  has(keyId: string): boolean {
    return this.#keys.has(keyId)
  }

  seal(text: string, place: SecretPlace): string {
    const [current] = this.#keys
    if (current === undefined) return text
    const [id, key] = current
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    cipher.setAAD(nameOf(place))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
    return `${sealedPrefix}${id}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`
  }

  /** What was stored before there were keys is answered as it is. @throws SealedSecretError */
  open(stored: string, place: SecretPlace): string {
    if (!stored.startsWith(sealedPrefix)) return stored
    const [, id = '', blob = ''] = sealedPattern.exec(stored) ?? []
    const key = this.#keys.get(id)
    if (id !== '' && key === undefined) {
      throw new SealedSecretError(
        `It is encrypted with the key "${id}", which this process does not have: add it to the encryption keys.`,
      )
    }
    const bytes = Buffer.from(blob, 'base64url')
    if (key === undefined || bytes.length < ivBytes + tagBytes) {
      throw new SealedSecretError('It is encrypted, but what is stored is incomplete.')
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(nameOf(place)).setAuthTag(bytes.subarray(-tagBytes))
      const text = decipher.update(bytes.subarray(ivBytes, -tagBytes))
      return Buffer.concat([text, decipher.final()]).toString()
    } catch {
      throw new SealedSecretError(
        `It does not open with the key "${id}": what is stored was changed, or another key bore that name.`,
      )
    }
  }
}

function nameOf({ table, organisationId, id, column }: SecretPlace): Buffer {
  return Buffer.from([table, organisationId ?? 'platform', id, column].join(':'))
}
