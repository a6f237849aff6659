import type { Receipt } from './ledger.ts'

/* Invariants that hold where a scenario asks for what they promise. */

/** The millisecond in which a UUIDv7 was made. */
function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

export interface Latencies {
  p50Ms: number
  p99Ms: number
}

/** From an event's id to the first request about it. */
export function latenciesOf(receipts: readonly Receipt[]): Latencies {
  const firsts = new Map<string, number>()
  for (const { id, path, atMs } of receipts) {
    const key = `${path} ${id}`
    if (!firsts.has(key)) firsts.set(key, atMs - timeOf(id))
  }
  const sorted = [...firsts.values()].sort((a, b) => a - b)
  const quantile = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}

/** I9: receivers that are well do not wait for one that is not. */
export function healthyAreServed(receipts: readonly Receipt[], p99MaxMs: number): string[] {
  if (receipts.length === 0) return ['I9: receivers that are well received nothing']
  const { p99Ms } = latenciesOf(receipts)
  return p99Ms > p99MaxMs ? [`I9: p99 is ${p99Ms} ms, at most ${p99MaxMs} may be`] : []
}

export interface Ramp {
  /** Requests at once to begin with. */
  start: number
  /** How many more each success allows. */
  perSuccess: number
}

/** I9: a receiver that comes back is not run over: requests at once grow with its successes. */
export function rampIsRespected(receipts: readonly Receipt[], ramp: Ramp): string[] {
  for (const [successes, { underWay, path }] of receipts.entries()) {
    const max = Math.ceil(ramp.start + ramp.perSuccess * successes)
    if (underWay > max)
      return [`I9: ${path} had ${underWay} requests at once after ${successes}, at most ${max}`]
  }
  return []
}

/** I10: where order is kept, the first requests about an entity come in the order of its events. */
export function orderIsKept(
  receipts: readonly Receipt[],
  entityOf: (eventId: string) => string,
): string[] {
  const last = new Map<string, string>()
  const seen = new Set<string>()
  const found: string[] = []
  for (const { id, path } of receipts) {
    if (seen.has(`${path} ${id}`)) continue
    seen.add(`${path} ${id}`)
    const key = `${path} ${entityOf(id)}`
    const before = last.get(key)
    if (before !== undefined && before > id)
      found.push(`I10: ${id} came after ${before} to ${path}`)
    last.set(key, id)
  }
  return found
}
