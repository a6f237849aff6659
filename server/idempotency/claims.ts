import type { Database } from '../database/database.ts'
import type { Claim } from '../kernel/caller.ts'
import { newId } from '../kernel/ids.ts'
import type { RequestDigest } from './request-digest.ts'

/** How long a process that says nothing more counts as alive: longer than any request takes. */
const claimSeconds = 60

/** How it stands with a key: ours to work on, or somebody was here before. */
export type Standing =
  | { state: 'claimed'; claim: Claim }
  | { state: 'in_progress' | 'conflict' | 'applied' }
  | { state: 'answered'; answer: Uint8Array }

interface Row {
  fingerprint: string
  claim: string
  isApplied: boolean
  isExpired: boolean
  isOld: boolean
  answer: Uint8Array | null
}

interface Times {
  createdAt: Date
}

/** Claims a key for a request, or says what became of the one before. */
export async function claimKey(db: Database, request: RequestDigest): Promise<Standing> {
  const own = { digest: request.digest, id: newId() }
  const [inserted] = await db.query(
    (sql) => sql<Times[]>`
      insert into idempotency_keys (digest, fingerprint, claim, claimed_until)
      values (${own.digest}, ${request.fingerprint}, ${own.id}, now() + make_interval(secs => ${claimSeconds}))
      on conflict (digest) do nothing returning created_at`,
  )
  if (inserted) return claimed(own, inserted)
  const [row] = await db.query(
    (sql) => sql<Row[]>`
      select fingerprint, claim, applied_at is not null as is_applied, claimed_until < now() as is_expired,
        created_at < now() - interval '24 hours' as is_old, answer
      from idempotency_keys where digest = ${own.digest}`,
  )
  // Given up at this moment: whoever asks again finds it free.
  if (row === undefined) return { state: 'in_progress' }
  const isFree = row.isOld || (row.isExpired && !row.isApplied && row.answer === null)
  if (isFree) return takeOver(db, request, row.claim, own)
  if (row.fingerprint !== request.fingerprint) return { state: 'conflict' }
  if (row.answer !== null) return { state: 'answered', answer: row.answer }
  return { state: row.isApplied && row.isExpired ? 'applied' : 'in_progress' }
}

/** Of several that come at once, one; and nobody when the first was only slow, and has just carried it out. */
async function takeOver(
  db: Database,
  { fingerprint }: RequestDigest,
  before: string,
  own: Omit<Claim, 'firstAtMs'>,
): Promise<Standing> {
  const [taken] = await db.query(
    (sql) => sql<Times[]>`
      update idempotency_keys set fingerprint = ${fingerprint}, claim = ${own.id}, answer = null, applied_at = null,
        claimed_until = now() + make_interval(secs => ${claimSeconds}),
        created_at = case when created_at < now() - interval '24 hours' then now() else created_at end
      where digest = ${own.digest} and claim = ${before}
        and (created_at < now() - interval '24 hours' or (applied_at is null and answer is null))
      returning created_at`,
  )
  return taken ? claimed(own, taken) : { state: 'in_progress' }
}

function claimed(own: Omit<Claim, 'firstAtMs'>, { createdAt }: Times): Standing {
  return { state: 'claimed', claim: { ...own, firstAtMs: createdAt.getTime() } }
}

/** Keeps the answer of a request that was carried out. */
export async function keepAnswer(
  db: Database,
  { digest, id }: Claim,
  answer: Buffer,
): Promise<void> {
  await db.query(
    (sql) => sql`
      update idempotency_keys set answer = ${answer} where digest = ${digest} and claim = ${id}`,
  )
}

/** Of a request that changed nothing: the next with the key is carried out. */
export async function releaseKey(db: Database, { digest, id }: Claim): Promise<void> {
  await db.query(
    (sql) => sql`
      delete from idempotency_keys where digest = ${digest} and claim = ${id} and applied_at is null`,
  )
}
