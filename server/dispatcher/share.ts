/** Kept for those who have less than the floor, however much the others would take. */
const reserved = 1 / 8

/** Requests under way: of all tenants, and of the one in question. */
export interface UnderWay {
  all: number
  own: number
}

/** Whether a tenant may have one more request under way. */
export function mayStart(
  limits: { concurrencyMax: number; concurrencyPerOrganisationMax: number },
  underWay: UnderWay,
): boolean {
  const { all, own } = underWay
  return (
    own < limits.concurrencyPerOrganisationMax && shareLeft(limits.concurrencyMax, all, own, 1) > 0
  )
}

/**
 * How much of a common room one of many may still take. Nobody may hold more than what is left free, so one alone gets
 * nearly half, two nearly a third each, and there is something for whoever comes next. Up to `floor` is granted to
 * everybody while there is any room.
 */
export function shareLeft(max: number, used: number, own: number, floor: number): number {
  const free = max - used
  if (free <= 0) return 0
  const fair = Math.floor((free - max * reserved - own) / 2)
  return Math.min(free, Math.max(floor - own, fair, 0))
}
