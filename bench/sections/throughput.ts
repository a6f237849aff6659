import type { Bench, Section } from '../bench.ts'
import type { Target } from '../figures.ts'
import { type Posthorn, startPosthorn } from '../posthorn.ts'
import { cpuOf, interleave, type Run, ratio, runBareLoop, runPosthorn, typical } from '../run.ts'

interface Case {
  fanOut: number
  bodyBytes: number
  deliveries: number
  /** The one that targets are about. */
  headline?: boolean
}

const cases: Case[] = [
  { fanOut: 1, bodyBytes: 1000, deliveries: 20_000, headline: true },
  { fanOut: 10, bodyBytes: 1000, deliveries: 20_000 },
  { fanOut: 1, bodyBytes: 40_000, deliveries: 2000 },
  { fanOut: 10, bodyBytes: 40_000, deliveries: 6000 },
]
const organisations = 10

export const throughput: Section = {
  name: 'throughput',
  title: 'Deliveries per second',
  method:
    'Events of ten organisations go in as fast as they are taken; the clock stops when the last result is in the ledger. ' +
    'SQL: the application inserts rows into `domain_events`, 500 per statement. REST: batches of 500 through the SDK. ' +
    'The bare loop signs and POSTs as many of the same bytes, 64 at a time, with `request` of undici; by `dispatch`, the level ' +
    'below, it costs less still. Bodies of 1 kB, one subscription and the SQL way in ' +
    'are what the target is about, since a job queue is filled by SQL too.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('throughput'),
    )
    try {
      for (const one of cases) await runCase(bench, posthorn, one)
    } finally {
      await posthorn.stop()
    }
  },
}

async function runCase(bench: Bench, posthorn: Posthorn, one: Case): Promise<void> {
  const { fanOut, bodyBytes, headline } = one
  const deliveries = bench.size === 'quick' ? one.deliveries / 10 : one.deliveries
  const organisationIds = await posthorn.subscribe(
    organisations,
    fanOut,
    `${bench.receiverUrl}/hook`,
  )
  const subjects = (count: number) => {
    const load = { organisationIds, fanOut, deliveries: count, bodyBytes }
    return {
      bare: () => runBareLoop(bench, count, bodyBytes),
      barest: () => runBareLoop(bench, count, bodyBytes, 'dispatch'),
      sql: () => runPosthorn(bench, posthorn, { ...load, way: 'sql' }),
      rest: () => runPosthorn(bench, posthorn, { ...load, way: 'rest' }),
    }
  }
  await interleave(1, subjects(deliveries / 4))
  const rounds = bench.size === 'quick' ? 1 : 3
  const { bare, barest, sql, rest } = await interleave(rounds, subjects(deliveries))

  bench.group(`fan-out ${fanOut}, ${bodyBytes / 1000} kB`)
  const aim = (target: Target) => (headline ? target : undefined)
  bench.report('bare loop', typical(bare, 'perSecond'), 'requests/s')
  bench.report('delivered, SQL', typical(sql, 'perSecond'), 'deliveries/s')
  bench.report('delivered, REST', typical(rest, 'perSecond'), 'deliveries/s')
  bench.report('SQL ÷ bare loop', ratio(sql, bare), '', aim({ atLeast: 0.6 }))
  bench.report('REST ÷ bare loop', ratio(rest, bare), '')
  bench.report('bare loop by dispatch', typical(barest, 'perSecond'), 'requests/s')
  bench.report('SQL ÷ bare loop by dispatch', ratio(sql, barest), '')
  bench.report('CPU, bare loop', typical(bare, 'nodeUs'), 'µs')
  bench.report('CPU, SQL', typical(sql, cpuOf), 'µs', aim({ atMost: 125 }))
  bench.report('CPU of Node, SQL', typical(sql, 'nodeUs'), 'µs')
  bench.report('CPU of Postgres, SQL', typical(sql, 'postgresUs'), 'µs')
  bench.report('CPU, REST', typical(rest, cpuOf), 'µs')
  bench.report('CPU of Node, REST', typical(rest, 'nodeUs'), 'µs')
  bench.report('CPU of Postgres, REST', typical(rest, 'postgresUs'), 'µs')
  bench.report('WAL, SQL', typical(sql, 'walBytes'), 'bytes', aim({ atMost: 2000 }))
  bench.report('WAL, REST', typical(rest, 'walBytes'), 'bytes')
  bench.report('CPU of the receiver', typical(bare, 'receiverUs'), 'µs')
  bench.report('receiver busy, bare loop', 100 * typical(bare, receiverShare), '%')
  bench.report('CPU of the load, SQL', typical(sql, 'loadUs'), 'µs')
  bench.report('CPU of the load, REST', typical(rest, 'loadUs'), 'µs')
}

/** Of one core; near 1 the receiver would be what is measured. */
function receiverShare(run: Run): number {
  return (run.receiverUs * run.perSecond) / 1e6
}
