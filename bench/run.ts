import type { Bench } from './bench.ts'
import { cpuUs } from './cpu.ts'
import { median } from './figures.ts'
import type { Posthorn } from './posthorn.ts'
import { waitUntil } from './wait.ts'
import type { Sending } from './webhook.ts'

/** One measured stretch of work: so many requests, from the first one going in to the last result recorded. */
export interface Run {
  perSecond: number
  /** CPU time per delivery: of what sends, of Postgres, and beside the point, of the receiver and of the load. */
  nodeUs: number
  postgresUs: number
  receiverUs: number
  loadUs: number
  walBytes: number
}

/** The same number of the same bytes, and nothing else. */
export function runBareLoop(
  bench: Bench,
  requests: number,
  bodyBytes: number,
  sending: Sending = 'request',
): Promise<Run> {
  return measure(bench, bench.bareLoop.pid, requests, () =>
    bench.bareLoop.call('run', {
      url: `${bench.receiverUrl}/hook`,
      bodyBytes,
      requests,
      concurrency: 64,
      sending,
    }),
  )
}

export interface PosthornLoad {
  way: 'rest' | 'sql'
  organisationIds: string[]
  /** Subscriptions that each event has. */
  fanOut: number
  deliveries: number
  bodyBytes: number
}

/** Events in, requests out, results recorded: fails unless every one of them is. */
export async function runPosthorn(
  bench: Bench,
  posthorn: Posthorn,
  load: PosthornLoad,
): Promise<Run> {
  const { way, organisationIds, fanOut, deliveries, bodyBytes } = load
  const before = await posthorn.succeeded(organisationIds)
  const events = Math.round(deliveries / fanOut)
  const run = await measure(bench, posthorn.pid, events * fanOut, async () => {
    const { url, apiKey, databaseUrl } = posthorn
    await Promise.all([
      bench.load.call(
        'events',
        { way, url, apiKey, databaseUrl },
        { organisationIds, bodyBytes, events },
      ),
      arrived(bench, 'hook', events * fanOut),
    ])
    await posthorn.settled(organisationIds)
  })
  await checkRecorded(bench, posthorn, organisationIds, before, events * fanOut)
  return run
}

interface Recorded {
  count: number
  retried: number
}

/** Fails unless the ledger of these organisations has grown by exactly so many that succeeded. */
export async function checkRecorded(
  bench: Bench,
  posthorn: Posthorn,
  organisationIds: readonly string[],
  before: Recorded,
  expected: number,
): Promise<void> {
  const after = await posthorn.succeeded(organisationIds)
  const recorded = after.count - before.count
  if (recorded !== expected) throw new Error(`${recorded} of ${expected} deliveries were recorded`)
  const retried = after.retried - before.retried
  if (retried > 0) bench.note(`${retried} of them needed more than one attempt`)
}

/** Times the work, and counts what it cost whom per delivery. */
export async function measure(
  bench: Bench,
  pid: number,
  deliveries: number,
  work: () => Promise<unknown>,
): Promise<Run> {
  await bench.receiver.call('reset')
  const look = async () => ({
    node: cpuUs(pid),
    postgres: bench.cluster.cpuUs(),
    receiver: cpuUs(bench.receiver.pid),
    load: cpuUs(bench.load.pid),
    wal: await bench.cluster.walBytes(),
  })
  const before = await look()
  const startedMs = performance.now()
  await work()
  const seconds = (performance.now() - startedMs) / 1000
  const after = await look()
  const arrivals = await bench.receiver.call('count', 'hook')
  if (arrivals < deliveries) throw new Error(`${arrivals} of ${deliveries} requests arrived`)
  if (arrivals > deliveries) bench.note(`${arrivals - deliveries} requests arrived twice`)
  return {
    perSecond: deliveries / seconds,
    nodeUs: (after.node - before.node) / deliveries,
    postgresUs: (after.postgres - before.postgres) / deliveries,
    receiverUs: (after.receiver - before.receiver) / deliveries,
    loadUs: (after.load - before.load) / deliveries,
    walBytes: (after.wal - before.wal) / deliveries,
  }
}

/** Resolves when so many requests came in at this path. */
export async function arrived(bench: Bench, path: string, expected: number): Promise<void> {
  await waitUntil(
    `not all of ${expected} requests arrived`,
    async () => (await bench.receiver.call('count', path)) >= expected,
  )
}

/** The subjects take turns, so that all of them see the same moods of the machine. */
export async function interleave<Name extends string>(
  rounds: number,
  subjects: Record<Name, () => Promise<Run>>,
): Promise<Record<Name, Run[]>> {
  const runs = Object.fromEntries(
    Object.keys(subjects).map((name) => [name, [] as Run[]]),
  ) as Record<Name, Run[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(subjects) as Name[]) runs[name].push(await subjects[name]())
  }
  return runs
}

/** Median of a quantity over the rounds. */
export function typical(runs: readonly Run[], of: keyof Run | ((run: Run) => number)): number {
  return median(runs.map((run) => (typeof of === 'function' ? of(run) : run[of])))
}

/** Median over the rounds of one rate divided by the other's of the same round. */
export function ratio(runs: readonly Run[], others: readonly Run[]): number {
  return median(runs.map((run, round) => run.perSecond / (others[round]?.perSecond ?? Number.NaN)))
}

export function cpuOf(run: Run): number {
  return run.nodeUs + run.postgresUs
}
