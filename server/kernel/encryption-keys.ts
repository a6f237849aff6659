import { randomBytes } from 'node:crypto'
import type { FieldIssue } from './errors.ts'
import { Keyring } from './keyring.ts'

const keyBytes = 32

const newKeyFix =
  'Make a key with `posthorn encryption new-key`, and keep it where other secrets of the server are kept.'

export const missingKeys: FieldIssue = {
  field: 'encryptionKeys',
  message: 'are not set, so that signing secrets would lie in the database as they are',
  fix: `${newKeyFix} Set POSTHORN_ENCRYPTION_KEYS or the option encryptionKeys to it; allowPlaintextSecrets (POSTHORN_ALLOW_PLAINTEXT_SECRETS=true) goes without.`,
}

/** A key to put into POSTHORN_ENCRYPTION_KEYS, named after its day so that an older one is seen to be older. */
export function newEncryptionKey(nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '')
  return `k${day}-${randomBytes(2).toString('hex')}:${randomBytes(keyBytes).toString('base64')}`
}

interface EncryptionOptions {
  encryptionKeys?: readonly string[]
  allowPlaintextSecrets?: boolean
}

/** Reads `id:base64` keys, and adds to `issues` whatever is wrong with them, or that there are none; none repeats a key. */
export function resolveKeyring(options: EncryptionOptions, issues: FieldIssue[]): Keyring {
  const { encryptionKeys: texts = [], allowPlaintextSecrets = false } = options
  if (texts.length === 0 && !allowPlaintextSecrets) issues.push(missingKeys)
  const keys = new Map<string, Uint8Array>()
  for (const [index, text] of texts.entries()) {
    const complain = (message: string, fix: string) =>
      issues.push({ field: `encryptionKeys.${index}`, message, fix })
    const [, id, base64] = /^([\w-]{1,32}):([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
    if (id === undefined || base64 === undefined) {
      complain('is not a name, a colon and base64', newKeyFix)
      continue
    }
    const key = Buffer.from(base64, 'base64')
    if (key.length !== keyBytes) {
      complain(`is a key of ${key.length} bytes instead of ${keyBytes}`, newKeyFix)
    } else if (keys.has(id)) {
      complain(`bears the name "${id}" of another key`, 'Give each key a name of its own.')
    }
    keys.set(id, key)
  }
  return new Keyring(keys)
}
