import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import type { Caller } from '../kernel/caller.ts'
import { type Keyring, SealedSecretError, sealedPrefix } from '../kernel/keyring.ts'
import { placeOf, type SecretColumn } from './stored-secrets.ts'
import type { PreviousSecret } from './subscription-row.ts'

const batchMax = 100

/** How many secrets lie in the database under one key. */
export interface KeyUse {
  /** Null: as they are. */
  keyId: string | null
  secrets: number
}

/** Deleted subscriptions are among them: a PUT may revive them. */
export function readKeyUse({ database }: Context): Promise<KeyUse[]> {
  return database.owner.query(
    (sql) => sql<KeyUse[]>`
    select case when starts_with(stored, ${sealedPrefix}) then split_part(stored, '.', 2) end as "keyId",
      count(*)::int as secrets
    from subscriptions, lateral (
      select secret union all select headers #>> '{}' where headers <> '{}'
      union all select previous ->> 'secret' from jsonb_array_elements(previous_secrets) as previous
    ) as stored_secret (stored)
    where stored is not null
    group by 1 order by 1 nulls first`,
  )
}

export interface Resealed {
  /** Subscriptions whose secrets are under the current key now, and were not before. */
  resealed: number
  /** Those that none of the keys opens, each with the reason. */
  unreadable: { id: string; reason: string }[]
}

interface StoredRow {
  id: string
  organisationId: string | null
  secret: string
  previousSecrets: PreviousSecret[]
  headers: string | null
}

/**
 * Encrypts with the current key whatever is not, a batch per transaction. What a running server keeps in memory stays
 * right, so it may go on; if it is cut short, the next run does the rest.
 */
export async function resealSecrets(ctx: Context, by: Caller): Promise<Resealed> {
  const total: Resealed = { resealed: 0, unreadable: [] }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await ctx.database.owner.transaction((tx) => resealBatch(ctx, tx, after, total))
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
  }
  await ctx.database.owner.transaction((tx) =>
    recordAudit(tx, by, {
      action: 'encryption.rotated',
      organisationId: null,
      targetId: ctx.config.keyring.currentId ?? '',
      after: { resealed: total.resealed, unreadable: total.unreadable.length },
    }),
  )
  return total
}

/** The row locks hold up a change of the same subscription, so that neither overwrites the other. */
async function resealBatch(ctx: Context, tx: Tx, after: string, total: Resealed) {
  const { keyring } = ctx.config
  const current = `${sealedPrefix}${keyring.currentId}.`
  const rows = await tx<StoredRow[]>`
    select id, organisation_id, secret, previous_secrets,
      case when headers <> '{}' then headers #>> '{}' end as headers
    from subscriptions
    where id > ${after} and not (starts_with(secret, ${current})
      and not exists (select from jsonb_array_elements(previous_secrets) as previous
        where not starts_with(previous ->> 'secret', ${current}))
      and (headers = '{}' or starts_with(headers #>> '{}', ${current})))
    order by id limit ${batchMax} for update`
  for (const row of rows) {
    try {
      const { secret, previousSecrets, headers } = reseal(keyring, row)
      await tx`
        update subscriptions set secret = ${secret}, previous_secrets = ${tx.json(previousSecrets)},
          headers = coalesce(to_jsonb(${headers}::text), '{}') where id = ${row.id}`
      total.resealed++
    } catch (error) {
      if (!(error instanceof SealedSecretError)) throw error
      total.unreadable.push({ id: row.id, reason: error.message })
    }
  }
  return rows
}

function reseal(keyring: Keyring, row: StoredRow) {
  const anew = (column: SecretColumn, stored: string) => {
    const place = placeOf(row, column)
    return keyring.seal(keyring.open(stored, place), place)
  }
  const { secret, previousSecrets, headers } = row
  return {
    secret: anew('secret', secret),
    previousSecrets: previousSecrets.map((one) => ({
      ...one,
      secret: anew('previous_secret', one.secret),
    })),
    headers: headers && anew('headers', headers),
  }
}
