import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'

/** A duty done again and again: at once when woken, else after a pause. A failed turn is logged and tried again. */
export class Loop {
  readonly #name: string
  readonly #everyMs: number
  readonly #clock: Clock
  readonly #log: Logger
  /** One turn; true means there is more to do right away. */
  readonly #turn: () => Promise<boolean>
  readonly #stop = new AbortController()
  #nap = new AbortController()
  #woken = false
  #running: Promise<void> | undefined

  constructor(options: {
    name: string
    everyMs: number
    clock: Clock
    log: Logger
    turn: () => Promise<boolean>
  }) {
    this.#name = options.name
    this.#everyMs = options.everyMs
    this.#clock = options.clock
    this.#log = options.log
    this.#turn = options.turn
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends the pause, or the next one when a turn is under way. */
  wake(): void {
    this.#woken = true
    this.#nap.abort()
  }

  /** Resolves when the turn under way is over. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#nap.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#woken = false
      const more = await this.#turn().catch((error) => {
        this.#log.warn({ err: error, loop: this.#name }, 'a turn failed and will be tried again')
        return false
      })
      if (more || this.#woken || this.#stop.signal.aborted) continue
      this.#nap = new AbortController()
      await this.#clock.sleep(this.#everyMs, this.#nap.signal)
    }
  }
}
