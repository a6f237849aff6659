import { z } from 'zod'
import { type Keyring, SealedSecretError } from '../kernel/keyring.ts'
import type { PreviousSecret, SubscriptionColumns, SubscriptionRow } from './subscription-row.ts'

/** Whose secrets they are. */
export interface SecretOwner {
  id: string
  organisationId: string | null
}

export type SecretColumn = 'secret' | 'previous_secret' | 'headers'

const previousSecretsSchema = z.array(z.object({ secret: z.string(), expiresAt: z.string() }))

/**
 * Where a secret is stored, for the keyring. All of `previous_secrets` share a place, `previous_secret`: they were bound to
 * that when there was one of them, and which of them is which makes no difference.
 */
export function placeOf({ id, organisationId }: SecretOwner, column: SecretColumn) {
  return { table: 'subscriptions', organisationId, id, column }
}

/** Columns as they are stored: the secrets, and all headers as one text, since a name does not tell which is secret. */
export function sealColumns(
  keyring: Keyring,
  owner: SecretOwner,
  { secret, previous_secrets, headers, ...columns }: SubscriptionColumns,
): Record<string, unknown> {
  const seal = (text: string, column: SecretColumn) => keyring.seal(text, placeOf(owner, column))
  return {
    ...columns,
    ...(secret !== undefined && { secret: seal(secret, 'secret') }),
    ...(previous_secrets !== undefined && {
      previous_secrets: previous_secrets.map((one) => ({
        ...one,
        secret: seal(one.secret, 'previous_secret'),
      })),
    }),
    ...(headers !== undefined && {
      headers:
        Object.keys(headers).length === 0 || keyring.currentId === null
          ? headers
          : seal(JSON.stringify(headers), 'headers'),
    }),
  }
}

/**
 * A row as it was meant. What does not open leaves the row readable and says why in `sealedReason`, with each secret that
 * does not open empty, so that one such row hides no other.
 */
export function openRow<Row extends SubscriptionRow>(keyring: Keyring, row: Row): Row {
  let sealedReason: string | undefined
  const open = (stored: string, column: SecretColumn, name: string): string | undefined => {
    try {
      return keyring.open(stored, placeOf(row, column))
    } catch (error) {
      if (!(error instanceof SealedSecretError)) throw error
      sealedReason ??= `Its ${name} cannot be read. ${error.message}`
      return undefined
    }
  }
  const secret = open(row.secret, 'secret', 'secret') ?? ''
  const previousSecrets = listOf(row.previousSecrets).map((one) => ({
    ...one,
    secret: open(one.secret, 'previous_secret', 'previous secret') ?? '',
  }))
  const headers =
    typeof row.headers === 'string'
      ? parseHeaders(open(row.headers, 'headers', 'headers'))
      : row.headers
  return { ...row, secret, previousSecrets, headers, ...(sealedReason && { sealedReason }) }
}

/** What somebody stored by hand, and is no list of secrets, is one secret that signs nothing. */
function listOf(stored: unknown): PreviousSecret[] {
  const { data } = previousSecretsSchema.safeParse(stored)
  return data ?? [{ secret: '', expiresAt: '' }]
}

/** A text that somebody stored by hand is no more an object of headers than it was. */
function parseHeaders(text: string | undefined): unknown {
  if (text === undefined) return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
