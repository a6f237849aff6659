import type { Receipt } from './ledger.ts'
import type { Observation, Subscription } from './observation.ts'
import { countDuplicates, countUnrecorded, isSuccess, pairKey, receiptsByPair } from './receipts.ts'

/** Finds what must never be. An empty list is the good news. */
export type Invariant = (observation: Observation) => string[]

/** As sentences, without the thousandth of a kind. */
function some<T>(items: Iterable<T>, describe: (item: T) => string, max = 5): string[] {
  const all = [...items]
  const shown = all.slice(0, max).map(describe)
  return all.length > max ? [...shown, `… and ${all.length - max} more like it`] : shown
}

/** Who should have heard of an event. */
function hearersOf({ subscriptions }: Observation, organisationId: string): Subscription[] {
  return subscriptions.filter(
    (one) => one.organisationId === null || one.organisationId === organisationId,
  )
}

/** Every accepted event and each of its deliveries exist, once; nothing exists that nobody sent. */
export const acceptedAreStored: Invariant = (observation) => {
  const { published, rows } = observation
  const stored = new Map(rows.events.map((event) => [event.id, event]))
  const counts = new Map<string, number>()
  for (const row of [...rows.queue, ...rows.deliveries]) {
    const key = pairKey(row.eventId, row.subscriptionId)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const expected = rows.events.flatMap((event) =>
    hearersOf(observation, event.organisationId).map(({ id }) => pairKey(event.id, id)),
  )
  const wanted = new Set(expected)
  return [
    ...some(
      [...published.accepted.keys()].filter((id) => !stored.has(id)),
      (id) => `event ${id} was accepted and is not stored`,
    ),
    ...some(
      [...stored.keys()].filter((id) => !published.attempted.has(id)),
      (id) => `event ${id} is stored and nobody sent it`,
    ),
    ...some(
      expected.filter((key) => counts.get(key) !== 1),
      (key) => `${key} has ${counts.get(key) ?? 0} deliveries`,
    ),
    ...some(
      [...counts.keys()].filter((key) => !wanted.has(key)),
      (key) => `${key} has a delivery and should have none`,
    ),
  ]
}

/** When all receivers are well again, everything is delivered, and a success has an attempt that shows it. */
export const everythingFinishes: Invariant = ({ rows, allowed }) => {
  const succeeded = new Set(
    rows.attempts.filter(({ outcome }) => outcome === 'succeeded').map((row) => row.deliveryId),
  )
  return [
    ...some(
      rows.events.filter(({ isPublished }) => !isPublished),
      ({ id }) => `event ${id} was never published`,
    ),
    ...some(rows.queue, ({ id }) => `delivery ${id} still waits`),
    ...some(
      rows.deliveries.filter(({ status }) => allowed.allSucceed && status !== 'succeeded'),
      ({ id, status }) => `delivery ${id} ${status}`,
    ),
    ...some(
      rows.deliveries.filter(({ id, status }) => status === 'succeeded' && !succeeded.has(id)),
      ({ id }) => `delivery ${id} succeeded without an attempt that did`,
    ),
  ]
}

/** What is recorded as delivered was received, and what was received is recorded. */
export const ledgersAgree: Invariant = (observation) => {
  const received = receiptsByPair(observation)
  const { rows } = observation
  const known = new Set(
    [...rows.queue, ...rows.deliveries].map((row) => pairKey(row.eventId, row.subscriptionId)),
  )
  const delivered = rows.deliveries.filter(({ status }) => status === 'succeeded')
  return [
    ...some(
      delivered
        .map((row) => pairKey(row.eventId, row.subscriptionId))
        .filter((key) => !received.get(key)?.some(isSuccess)),
      (key) => `${key} is recorded as delivered and was not received`,
    ),
    ...some(
      [...received.keys()].filter((key) => !known.has(key)),
      (key) => `${key} was received and has no delivery`,
    ),
  ]
}

/** No more is sent twice than the faults excuse. */
export const duplicatesAreBounded: Invariant = (observation) => {
  const duplicates = countDuplicates(observation)
  const { duplicatesMax } = observation.allowed
  return duplicates > duplicatesMax
    ? [`${duplicates} requests were repeated, at most ${duplicatesMax} may be`]
    : []
}

/** Attempts are numbered without gaps, keep to the schedule, and end with the delivery. */
export const attemptsKeepTheSchedule: Invariant = ({ rows, allowed }) => {
  const finished = new Map(rows.deliveries.map((row) => [row.id, row]))
  const waiting = new Map(rows.queue.map((row) => [row.id, row]))
  const found: string[] = []
  for (const [id, attempts] of Map.groupBy(rows.attempts, ({ deliveryId }) => deliveryId)) {
    const numbers = attempts.map(({ number }) => number)
    if (numbers.some((number, index) => number !== index + 1))
      found.push(`delivery ${id} has attempts ${numbers.join(', ')}`)
    const counted = finished.get(id)?.attempts ?? waiting.get(id)?.attempts
    if (counted !== undefined && counted !== attempts.length)
      found.push(`delivery ${id} counts ${counted} attempts and has ${attempts.length}`)
    if (finished.has(id) && waiting.has(id)) found.push(`delivery ${id} is finished and waits`)
    for (const [index, next] of attempts.entries()) {
      const last = attempts[index - 1]
      const waitSeconds = allowed.scheduleSeconds[index - 1]
      if (!last) continue
      if (waitSeconds === undefined) {
        found.push(`delivery ${id} has more attempts than the schedule`)
        break
      }
      const waitedMs = next.startedAtMs - (last.startedAtMs + last.durationMs)
      if (waitedMs < waitSeconds * 800 - 50)
        found.push(`delivery ${id} was tried again after ${Math.round(waitedMs)} ms`)
    }
  }
  return some(found, (text) => text)
}

/** One body per event, whatever happens; each request signed, and freshly. */
export const requestsAreAuthentic: Invariant = ({ ledger, allowed }) => {
  const bodies = new Map<string, Set<string>>()
  for (const { id, bodyHash } of ledger) {
    const hashes = bodies.get(id) ?? new Set()
    bodies.set(id, hashes.add(bodyHash))
  }
  const offMs = ({ atMs, timestampSeconds }: Receipt) => atMs - timestampSeconds * 1000
  const max = allowed.timestampOffMaxMs ?? Number.POSITIVE_INFINITY
  return [
    ...some(
      [...bodies].filter(([, hashes]) => hashes.size > 1),
      ([id, hashes]) => `event ${id} was sent with ${hashes.size} different bodies`,
    ),
    ...some(
      ledger.filter(({ verified }) => !verified),
      ({ id, path }) => `the signature of ${id} to ${path} does not verify`,
    ),
    ...some(
      // A second more: the timestamp has no fraction.
      ledger.filter((one) => offMs(one) > max + 1000 || offMs(one) < -max),
      (one) => `the timestamp of ${one.id} to ${one.path} is ${offMs(one)} ms off`,
    ),
  ]
}

/** Every bucket has an owner that lives, and nothing due is left lying. */
export const workIsOwned: Invariant = ({ rows }) => [
  ...some(
    rows.buckets.filter(({ hasLivingOwner }) => !hasLivingOwner),
    ({ bucket }) => `bucket ${bucket} belongs to nobody who lives`,
  ),
  ...some(
    rows.queue.filter(({ overdueMs }) => overdueMs > 2000),
    ({ id, overdueMs }) => `delivery ${id} has been due for ${overdueMs} ms`,
  ),
]

/** What belongs to an event's delivery belongs to its organisation, and no other organisation's key sees it. */
export const organisationsStayApart: Invariant = ({ rows, foreignSeen, subscriptions }) => {
  const owners = new Map(rows.events.map((event) => [event.id, event.organisationId]))
  const subscribers = new Map(subscriptions.map((one) => [one.id, one.organisationId]))
  const deliveries = [...rows.queue, ...rows.deliveries]
  const ownersOfDeliveries = new Map(deliveries.map((row) => [row.id, row.organisationId]))
  const isForeign = (subscriptionId: string, organisationId: string) => {
    const owner = subscribers.get(subscriptionId)
    return owner !== undefined && owner !== null && owner !== organisationId
  }
  return [
    ...some(
      deliveries.filter((row) => owners.get(row.eventId) !== row.organisationId),
      ({ id }) => `delivery ${id} belongs to another organisation than its event`,
    ),
    ...some(
      deliveries.filter((row) => isForeign(row.subscriptionId, row.organisationId)),
      ({ id }) => `delivery ${id} goes to another organisation's subscription`,
    ),
    ...some(
      rows.attempts.filter((row) => ownersOfDeliveries.get(row.deliveryId) !== row.organisationId),
      ({ deliveryId }) => `an attempt of ${deliveryId} belongs to another organisation`,
    ),
    ...(foreignSeen > 0 ? [`a key was shown ${foreignSeen} rows of other organisations`] : []),
  ]
}

/** Processes end only when told to, in order, and stay small. */
export const processesStayWell: Invariant = ({ processes, allowed }) =>
  processes.flatMap(({ name, exit, log, rssMib }) => [
    ...(exit && !exit.expected
      ? [`${name} ended by itself with ${exit.code ?? exit.signal}; ${log.slice(-3).join(' ')}`]
      : []),
    ...(exit?.expected && exit.signal === null && exit.code !== 0
      ? [`${name} ended with ${exit.code} when it was asked to stop`]
      : []),
    ...some(
      // The log is JSON; whatever else is printed is Node's last word on an error that nobody caught.
      log.filter((line) => /uncaught|unhandled/i.test(line)),
      (line) => `${name}: ${line.slice(0, 300)}`,
    ),
    ...(rssMib !== null && rssMib > allowed.rssMaxMib ? [`${name} uses ${rssMib} MiB`] : []),
  ])

/** Every request that was received is recorded as an attempt, but for those cut off by a fault. */
export const requestsAreRecorded: Invariant = (observation) => {
  const unrecorded = countUnrecorded(observation)
  const { unrecordedMax } = observation.allowed
  return unrecorded > unrecordedMax
    ? [`${unrecorded} requests are not recorded, at most ${unrecordedMax} may be`]
    : []
}

/** Those that hold after every fault. Order and latency are promised under conditions; see conditional-invariants.ts. */
export const invariants: Record<string, Invariant> = {
  I1: acceptedAreStored,
  I2: everythingFinishes,
  I3: ledgersAgree,
  I4: duplicatesAreBounded,
  I5: attemptsKeepTheSchedule,
  I6: requestsAreAuthentic,
  I7: workIsOwned,
  I8: organisationsStayApart,
  I11: processesStayWell,
  I12: requestsAreRecorded,
}

export function findViolations(observation: Observation): string[] {
  return Object.entries(invariants).flatMap(([name, invariant]) =>
    invariant(observation).map((text) => `${name}: ${text}`),
  )
}
