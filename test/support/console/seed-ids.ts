import { createHash } from 'node:crypto'

/** Organisations of the seeded console. `empty` has nothing at all, `large` a log of 100,000 deliveries. */
export const organisations = {
  acme: { id: '10000000-0000-4000-8000-000000000001', name: 'Harbour Estates' },
  large: { id: '10000000-0000-4000-8000-000000000002', name: 'Northgate Lettings' },
  hostile: {
    id: '10000000-0000-4000-8000-000000000003',
    name: '<script>window.pwned = 1</script>\u202Eelbisrever',
  },
  empty: { id: '10000000-0000-4000-8000-000000000004', name: 'Fresh Start Homes' },
  unnamed: { id: '10000000-0000-4000-8000-000000000005', name: null },
} as const

/** Keys that the tests sign in with. */
export const keys = {
  platform: keyOf('P'),
  acme: keyOf('A'),
  /** Of acme, and may only read. */
  reader: keyOf('R'),
  large: keyOf('L'),
  hostile: keyOf('H'),
  empty: keyOf('E'),
} as const

function keyOf(letter: string): string {
  return `ph_${letter.repeat(12)}_${letter.toLowerCase().repeat(43)}`
}

/** Of acme, but for the last; named for how they fare. */
export const subscriptions = {
  working: subscriptionId(1),
  stumbling: subscriptionId(2),
  failing: subscriptionId(3),
  paused: subscriptionId(4),
  disabled: subscriptionId(5),
  ordered: subscriptionId(6),
  fresh: subscriptionId(7),
  every: subscriptionId(8),
  platform: subscriptionId(9),
  largeOne: subscriptionId(10),
  largeTwo: subscriptionId(11),
  hostile: subscriptionId(12),
} as const

export type SubscriptionName = keyof typeof subscriptions

function subscriptionId(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** A UUIDv7 of a millisecond that follows from its seed. */
export function idAt(timeMs: number, seed: string): string {
  const time = Math.floor(timeMs).toString(16).padStart(12, '0')
  const hash = createHash('sha256').update(seed).digest('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}
