/** How long a subscription rests because its receiver asked for it. */
export interface Pause {
  readonly untilMs: number
  /** When it was asked for last; requests that began before belong to the same burst. */
  readonly askedAtMs: number
  /** How often in a row it was asked for without saying how long. */
  readonly times: number
}

export const noPause: Pause = { untilMs: 0, askedAtMs: Number.NEGATIVE_INFINITY, times: 0 }

const firstMs = 1000
const growingMaxMs = 60_000
/** A receiver may ask for patience; whether it is still needed is found out once an hour. */
const askedMaxMs = 3_600_000
const jitter = 0.1

export interface PauseRequest {
  /** What `Retry-After` said; undefined when it said nothing. */
  retryAfterMs: number | undefined
  startedAtMs: number
  nowMs: number
  /** From 0 to 1. */
  random: number
}

/** After a 429, or a 503 with `Retry-After`. A pause can only become longer. */
export function afterPauseRequest(current: Pause, request: PauseRequest): Pause {
  const { retryAfterMs, startedAtMs, nowMs, random } = request
  const isSameBurst = startedAtMs < current.askedAtMs
  if (retryAfterMs === undefined && isSameBurst) return current
  const times = retryAfterMs === undefined ? current.times + 1 : current.times
  const forMs =
    retryAfterMs === undefined
      ? Math.min(growingMaxMs, firstMs * 2 ** Math.min(times - 1, 16))
      : Math.min(askedMaxMs, retryAfterMs)
  return {
    untilMs: Math.max(current.untilMs, nowMs + forMs * (1 + jitter * random)),
    askedAtMs: isSameBurst ? current.askedAtMs : nowMs,
    times,
  }
}
