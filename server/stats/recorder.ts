import type { Context } from '../context.ts'
import { isDataError } from '../database/sql-state.ts'
import type { Settlement } from '../deliveries/index.ts'
import { Loop } from '../kernel/loop.ts'
import { addUp, type StatRow, Tally } from './tally.ts'
import { writeStats } from './write-stats.ts'

const everyMs = 2000
/** With more subscriptions busy than this, a write has many rows with little in each: then it is worth waiting. */
const busyMax = 200
const busyEveryMs = 10_000
/** Never more in memory than this before it is written. */
const tallyMax = 10_000
/** Of one statement. */
const rowsMax = 500
/** Rows that are added up at a stretch. */
const pauseEvery = 50
/** What is kept while the database does not take it; beyond it counts are lost, and the log says so. */
const unwrittenMax = 50_000

/**
 * Counts what a dispatcher settles and adds it to the rollups every two seconds. What is in memory when the process is
 * killed is not counted: the ledger has it, charts do not.
 */
export class StatsRecorder {
  readonly #ctx: Pick<Context, 'clock' | 'log'> & { database: Pick<Context['database'], 'engine'> }
  readonly #loop: Loop
  readonly #unwritten = new Map<string, StatRow>()
  readonly #tally = new Tally()
  #writtenAtMs = Number.NEGATIVE_INFINITY

  constructor(ctx: Context) {
    const { clock, log } = ctx
    this.#ctx = ctx
    const turn = async () => this.#turn()
    this.#loop = new Loop({ name: 'stats', everyMs, clock, log, turn })
  }

  start(): void {
    this.#loop.start()
  }

  /** A batch of attempts that were recorded. Quick, and does not throw. */
  record(settlements: readonly Settlement[]): void {
    for (const settlement of settlements) this.#tally.add(settlement)
    if (this.#tally.size > tallyMax) this.#loop.wake()
  }

  /** Writes what is left. Call it when the dispatcher has settled its last. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    await this.#write().catch((err) =>
      this.#ctx.log.warn({ err }, 'the last counts of deliveries could not be written'),
    )
  }

  async #turn(): Promise<boolean> {
    const nowMs = this.#ctx.clock.monotonicMs()
    const busy = this.#tally.size > busyMax && this.#tally.size <= tallyMax
    if (busy && nowMs - this.#writtenAtMs < busyEveryMs) return false
    this.#writtenAtMs = nowMs
    await this.#write()
    return false
  }

  async #write(): Promise<void> {
    await this.#addUp()
    const rows = [...this.#unwritten]
    for (let first = 0; first < rows.length; first += rowsMax) {
      const part = rows.slice(first, first + rowsMax)
      try {
        await writeStats(
          this.#ctx.database.engine,
          part.map(([, row]) => row),
        )
      } catch (error) {
        if (!isDataError(error)) throw error
        this.#ctx.log.error({ err: error }, 'counts of deliveries cannot be stored and are dropped')
      }
      for (const [key] of part) this.#unwritten.delete(key)
    }
  }

  /** With pauses: thousands of rows would hold up the deliveries of this process. */
  async #addUp(): Promise<void> {
    const rows = this.#tally.take()
    if (this.#unwritten.size > unwrittenMax) {
      this.#ctx.log.warn({ rows: rows.length }, 'counts of deliveries were dropped')
      return
    }
    for (const [index, row] of rows.entries()) {
      addUp(this.#unwritten, row)
      if (index % pauseEvery === pauseEvery - 1) await this.#ctx.clock.sleep(0)
    }
  }
}
