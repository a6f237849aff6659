import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'

/** A duty done again and again: at once when woken, else after a pause. A failed turn is logged and tried again. */
export class Loop {
  readonly #name: string
  readonly #everyMs: number
  readonly #clock: Clock
  readonly #log: Logger
  /** One turn; true means there is more to do right away, a number of milliseconds that the next comes sooner. */
  readonly #turn: () => Promise<boolean | number>
  #stopped = false
  #woken = false
  /** Ends the pause; absent while a turn is under way. */
  #endPause: (() => void) | undefined
  #running: Promise<void> | undefined

  constructor(options: {
    name: string
    everyMs: number
    clock: Clock
    log: Logger
    turn: () => Promise<boolean | number>
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
    this.#endPause?.()
  }

  /** Resolves when the turn under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#endPause?.()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false
      const next = await this.#turn().catch((error) => {
        this.#log.warn({ err: error, loop: this.#name }, 'a turn failed and will be tried again')
        return false
      })
      if (next === true || this.#woken || this.#stopped) continue
      await this.#pause(next === false ? this.#everyMs : next)
    }
  }

  /** A plain timer: aborting a sleep costs an exception, and a loop is woken thousands of times a second. */
  #pause(pauseMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(pauseMs, end)
      this.#endPause = end
      const loop = this
      function end(): void {
        cancel()
        loop.#endPause = undefined
        resolve()
      }
    })
  }
}
