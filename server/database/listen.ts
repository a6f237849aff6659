import { type Clock, systemClock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { openConnection } from './connection.ts'
import type { DatabaseUrl } from './database-url.ts'

export interface ListenOptions {
  url: DatabaseUrl
  applicationName: string
  channel: string
  /** From here on everything is heard; what was sent since the connection before this one may have been missed. */
  onConnected: () => void
  onMessage: (payload: string) => void
  /** Between signs of life, and how long one may take. @default 5000 */
  pingEveryMs?: number
  /** Pause before connecting again. @default 500 */
  reconnectMs?: number
  clock?: Clock
  log: Logger
}

/**
 * Listens to a channel (NOTIFY) on a connection of its own, and connects again whenever that is lost. Nothing is kept for
 * those who do not listen, so each connection begins with a gap of unknown content.
 */
export class ChannelListener {
  readonly #options: ListenOptions & Required<Pick<ListenOptions, 'pingEveryMs' | 'reconnectMs'>>
  readonly #clock: Clock
  readonly #closing = new AbortController()
  readonly #running: Promise<void>

  constructor(options: ListenOptions) {
    this.#options = { pingEveryMs: 5000, reconnectMs: 500, ...options }
    this.#clock = options.clock ?? systemClock
    this.#running = this.#run()
  }

  /** Leaves no timer and no socket behind. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      await this.#hear().catch((err) =>
        this.#options.log.debug({ err }, 'the listening connection to Postgres was lost'),
      )
      await this.#clock.sleep(this.#options.reconnectMs, signal)
    }
  }

  /** One connection, from its begin to its end. */
  async #hear(): Promise<void> {
    const { url, applicationName, channel, onMessage, onConnected, pingEveryMs, log } =
      this.#options
    const { signal } = this.#closing
    const connection = openConnection({
      url,
      parameters: { application_name: applicationName },
      silenceMaxMs: pingEveryMs,
      onNotice: (notice) => log.debug({ notice }, 'notice of Postgres'),
      onNotification: (_channel, payload) => onMessage(payload),
      onLost: () => lost.abort(),
    })
    const lost = new AbortController()
    const either = AbortSignal.any([signal, lost.signal])
    try {
      await connection.run(connection.sql`listen ${connection.sql(channel)}`)
      onConnected()
      // A half-open connection tells nothing by itself: it is asked.
      while (!either.aborted) {
        await this.#clock.sleep(pingEveryMs, either)
        if (!either.aborted) await connection.run(connection.sql`select 1`)
      }
    } finally {
      await connection.end()
    }
  }
}
