import { afterAnswer, afterFailure, type Breaker, breakerAt, closedBreaker } from './breaker.ts'
import {
  afterOutage,
  afterOverload,
  afterSuccess,
  type Concurrency,
  initialConcurrency,
} from './concurrency.ts'
import type { Effect } from './effect.ts'
import { afterPauseRequest, noPause, type Pause } from './pause.ts'
import { newBucket, refill, spend, type TokenBucket, untilToken } from './token-bucket.ts'

/** What holds for all subscriptions of a dispatcher. */
export interface AdmissionSettings {
  concurrencyMax: number
  probeAfterMs: number
}

/** An attempt that ended, and what its outcome says of the receiver. Times are monotonic. */
export interface Ending {
  effect: Effect
  startedAtMs: number
  nowMs: number
  random: number
  /** The receiver asked for a pause; null is "but did not say for how long". */
  pauseMs: number | null | undefined
}

/** Whether a subscription may send now: its concurrency, rate, pause and breaker. Times are monotonic. */
export class Admission {
  underWay = 0
  usedAtMs: number
  readonly #settings: AdmissionSettings
  #concurrency: Concurrency
  #breaker: Breaker = closedBreaker
  #pause: Pause = noPause
  #bucket: TokenBucket | undefined

  constructor(settings: AdmissionSettings, nowMs: number) {
    this.#settings = settings
    this.#concurrency = initialConcurrency(settings.concurrencyMax)
    this.usedAtMs = nowMs
  }

  get breaker(): Breaker {
    return this.#breaker
  }

  /** Requests that may be under way at once. */
  get limit(): number {
    return this.#breaker.state === 'probing' ? 1 : Math.floor(this.#concurrency.limit)
  }

  /** Until when nothing is to be sent: the breaker is open, or the receiver asked for a pause. 0 when it does not rest. */
  restsUntilMs(nowMs: number): number {
    const openUntilMs = this.#breaker.state === 'open' ? this.#breaker.untilMs : 0
    const untilMs = Math.max(openUntilMs, this.#pause.untilMs)
    return untilMs > nowMs ? untilMs : 0
  }

  /** When one more may be sent: 0 is now, infinity when one of those under way has ended. */
  nextAtMs(ratePerSecond: number | null, nowMs: number): number {
    const restsUntilMs = this.restsUntilMs(nowMs)
    if (restsUntilMs > 0) return restsUntilMs
    if (this.#breaker.state === 'open') this.#breaker = breakerAt(this.#breaker, nowMs)
    if (this.underWay >= this.limit) return Number.POSITIVE_INFINITY
    if (ratePerSecond === null) {
      this.#bucket = undefined
      return 0
    }
    this.#bucket = refill(this.#bucket ?? newBucket(nowMs), ratePerSecond, nowMs)
    const waitMs = untilToken(this.#bucket, ratePerSecond)
    return waitMs === 0 ? 0 : nowMs + waitMs
  }

  started(nowMs: number): void {
    this.underWay++
    this.usedAtMs = nowMs
    if (this.#bucket) this.#bucket = spend(this.#bucket)
  }

  ended(ending: Ending): void {
    const { effect, startedAtMs, nowMs, random, pauseMs } = ending
    const { concurrencyMax, probeAfterMs } = this.#settings
    const underWay = this.underWay--
    if (effect.health === 'answered' && this.#breaker.state !== 'closed') {
      this.#concurrency = afterOutage(this.#concurrency, nowMs)
    }
    if (effect.load === 'coped') {
      this.#concurrency = afterSuccess(this.#concurrency, startedAtMs, underWay, concurrencyMax)
      if (startedAtMs >= this.#pause.askedAtMs) this.#pause = noPause
    } else if (effect.load === 'overloaded') {
      this.#concurrency = afterOverload(this.#concurrency, startedAtMs, nowMs)
    }
    if (effect.health === 'answered') this.#breaker = afterAnswer(this.#breaker)
    else if (effect.health === 'failed') {
      this.#breaker = afterFailure(this.#breaker, { startedAtMs, nowMs, random, probeAfterMs })
    }
    if (pauseMs !== undefined) {
      const retryAfterMs = pauseMs ?? undefined
      this.#pause = afterPauseRequest(this.#pause, { retryAfterMs, startedAtMs, nowMs, random })
    }
  }

  /** Whether nothing would be lost by forgetting it. */
  isIdle(nowMs: number): boolean {
    return this.underWay === 0 && this.#breaker === closedBreaker && this.#pause.untilMs < nowMs
  }
}
