/** Looks may take this part of the time, however much there is to look at; up to a pause of so long. */
export const dutyMax = 0.05
const pauseMaxMs = 15_000

/** When the next look on disk may begin, by what the last ones cost. Times are monotonic. */
export class LookPace {
  /** The least of them counts: the others waited for a connection, or for the processor. */
  #costsMs = [0, 0, 0]
  #notBeforeMs = 0

  /** Milliseconds to wait; 0 when a look may begin. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#notBeforeMs - nowMs)
  }

  looked(costMs: number, nowMs: number): void {
    this.#costsMs = [...this.#costsMs.slice(1), costMs]
    const pauseMs = Math.min(...this.#costsMs) * (1 / dutyMax - 1)
    this.#notBeforeMs = nowMs + Math.min(pauseMaxMs, pauseMs)
  }
}
