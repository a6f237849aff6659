import type { Database } from './database/database.ts'
import type { Clock } from './kernel/clock.ts'
import type { Logger } from './kernel/logger.ts'
import type { Signals } from './kernel/signals.ts'
import type { Config } from './options.ts'

/** What every verb gets: nothing in the product reaches for a global. */
export interface Context {
  config: Config
  clock: Clock
  log: Logger
  signals: Signals
  database: {
    /** The owner of the tables: migrations, partitions. */
    owner: Database
    /** Held to one organisation by row-level security; through `asTenant` only. */
    api: Database
    /** Durable commits: accepting and publishing events. */
    intake: Database
    /** The dispatcher's own: a crash of Postgres may lose its last moments, which are then sent again. */
    engine: Database
  }
}
