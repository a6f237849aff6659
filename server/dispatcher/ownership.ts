import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Database } from '../database/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { bucketCount, newId } from '../kernel/ids.ts'
import { isProcessAlive } from '../kernel/is-process-alive.ts'

/*
 * Work is owned, not fought over: each of the 64 buckets belongs to one dispatcher, which alone reads and settles its
 * rows. A dispatcher lives as long as it renews its lease; the buckets of one that does not are taken by the others.
 * Whoever cannot renew in time stops sending by itself, before anyone may take over. Leases are judged by the
 * database's clock, the own deadline by a monotonic one, so no clock needs to be right.
 */

interface OwnershipRow {
  bucket: number
}

export class Ownership {
  readonly id = newId()
  readonly #db: Database
  readonly #clock: Clock
  readonly #leaseMs: number
  #owned: ReadonlySet<number> = new Set()
  #validUntilMs = Number.NEGATIVE_INFINITY

  constructor(db: Database, clock: Clock, leaseMs: number) {
    this.#db = db
    this.#clock = clock
    this.#leaseMs = leaseMs
  }

  /** How often to renew: four tries fit into a lease. */
  get renewEveryMs(): number {
    return this.#leaseMs / 4
  }

  /** The buckets that are safely ours now; empty when the lease is about to run out. */
  get buckets(): ReadonlySet<number> {
    return this.#clock.monotonicMs() < this.#validUntilMs ? this.#owned : none
  }

  owns(bucket: number): boolean {
    return this.buckets.has(bucket)
  }

  /** Renews the lease and takes a fair share of the buckets. Returns those that are newly ours. */
  async renew(): Promise<number[]> {
    const askedAtMs = this.#clock.monotonicMs()
    await this.#beat()
    await this.#forgetDeadNeighbours()
    const rows = await this.#share()
    const before = this.buckets
    this.#owned = new Set(rows.map((row) => row.bucket))
    // Measured from before the request, and a quarter early: we stop before the others start.
    this.#validUntilMs = askedAtMs + this.#leaseMs * 0.75
    return [...this.#owned].filter((bucket) => !before.has(bucket))
  }

  /** Buckets that are ours in the database but above our share: their requests may end, none may start. */
  async surplus(): Promise<number[]> {
    const rows = await this.#db.query(
      (sql) => sql<OwnershipRow[]>`select bucket from buckets where owner = ${this.id}`,
    )
    return rows.map((row) => row.bucket).filter((bucket) => !this.#owned.has(bucket))
  }

  async giveBack(buckets: readonly number[]): Promise<void> {
    await this.#db.query(
      (sql) => sql`
        update buckets set owner = null
        where owner = ${this.id} and bucket = any(${buckets as number[]}::smallint[])`,
    )
  }

  /** Gives everything back, so that others need not wait for the lease. */
  async release(): Promise<void> {
    this.#owned = none
    await this.#db.query(
      (sql) => sql`
        with gone as (delete from dispatchers where id = ${this.id} returning id)
        update buckets set owner = null from gone where owner = gone.id`,
    )
  }

  async #beat(): Promise<void> {
    await this.#db.query(
      (sql) => sql`
        insert into dispatchers (id, host, pid, lease_until)
        values (${this.id}, ${thisHost}, ${process.pid}, now() + ${this.#leaseMs} * interval '1 millisecond')
        on conflict (id) do update set lease_until = excluded.lease_until`,
    )
  }

  /** A process of this very host that is gone needs no lease to prove it: its work resumes at once. */
  async #forgetDeadNeighbours(): Promise<void> {
    const rows = await this.#db.query(
      (sql) => sql<{ id: string; pid: number }[]>`
        select id, pid from dispatchers where host = ${thisHost} and id <> ${this.id}`,
    )
    const dead = rows.filter((row) => !isProcessAlive(row.pid)).map((row) => row.id)
    if (dead.length === 0) return
    await this.#db.query((sql) => sql`delete from dispatchers where id = any(${dead}::uuid[])`)
  }

  /**
   * Our share of what there is: what we keep, and what nobody living owns. What lies above it is given back only when
   * its requests have ended. `owner is not distinct from` is checked again under the row lock, so of two takers one
   * gets a bucket.
   */
  async #share(): Promise<OwnershipRow[]> {
    await this.#db.query((sql) => sql`delete from dispatchers where lease_until < now()`)
    return this.#db.query(
      (sql) => sql<OwnershipRow[]>`
      with living as (
        select count(*)::int as n from dispatchers
      ), share as (
        select ceil(${bucketCount}::numeric / greatest(n, 1))::int as size from living
      ), ranked as (
        select bucket, row_number() over (order by bucket) as position from buckets where owner = ${this.id}
      ), kept as (
        select bucket from ranked, share where position <= size
      ), free as (
        select b.bucket, b.owner from buckets b
        where b.owner is null or not exists (select from dispatchers d where d.id = b.owner)
        order by b.bucket
        limit (select greatest(0, size - (select count(*) from kept)) from share)
      ), taken as (
        update buckets b set owner = ${this.id} from free f
        where b.bucket = f.bucket and b.owner is not distinct from f.owner
        returning b.bucket
      )
      select bucket from kept union select bucket from taken`,
    )
  }
}

const none: ReadonlySet<number> = new Set()

/** Machine, boot and process namespace: where two dispatchers agree on it, a pid means the same to both. */
const thisHost = [
  hostname(),
  readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  readOr(() => readlinkSync('/proc/self/ns/pid')),
].join('/')

function readOr(read: () => string): string {
  try {
    return read()
  } catch {
    return '-'
  }
}
