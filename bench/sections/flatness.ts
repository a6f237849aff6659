import type { Bench, Section } from '../bench.ts'
import { median } from '../figures.ts'
import { fillHistory, fillQueue } from '../history.ts'
import { startPosthorn } from '../posthorn.ts'
import { cpuOf, interleave, type Run, ratio, runPosthorn, typical } from '../run.ts'
import { format } from '../table.ts'

/** Nothing listens there: every request is refused at once. */
const deadUrl = 'http://127.0.0.1:9/dead'

export const flatness: Section = {
  name: 'flatness',
  title: 'History and backlog',
  method:
    'The same events as under Throughput (SQL, 1 kB, fan-out 1) on three databases in turns: an empty one, one with many finished ' +
    'deliveries of three days, and one where many due deliveries wait for a receiver that refuses connections. Cost of looking is ' +
    'the time Postgres spends in statements that read the queue, as pg_stat_statements has it; that extension is ' +
    'loaded for this section alone.',
  postgresSettings: { shared_preload_libraries: 'pg_stat_statements' },
  async run(bench) {
    const { size } = bench
    const history = { quick: 100_000, default: 1_000_000, full: 10_000_000 }[size]
    const waiting = { quick: 20_000, default: 1_000_000, full: 1_000_000 }[size]
    const empty = await prepare(bench, 'empty')
    const finished = await prepare(bench, 'finished', (sql) => fillHistory(sql, history))
    const blocked = await prepare(bench, 'blocked', (sql, dead) =>
      fillQueue(sql, dead.organisationId, dead.subscriptionId, waiting),
    )
    const rounds = size === 'quick' ? 1 : 3
    const runs = await interleave(rounds, {
      empty: () => empty.run(),
      finished: () => finished.run(),
      blocked: () => blocked.run(),
    })
    bench.group('empty')
    report(bench, runs.empty, empty)
    bench.group(`with ${format(history)} finished deliveries`)
    report(bench, runs.finished, finished)
    bench.report('÷ empty', ratio(runs.finished, runs.empty), '', { atLeast: 0.9 })
    bench.group(`with ${format(waiting)} waiting for a dead endpoint`)
    report(bench, runs.blocked, blocked)
    bench.report('÷ empty', ratio(runs.blocked, runs.empty), '')
    const times = median(blocked.lookMs) / median(empty.lookMs)
    bench.report('cost of looking ÷ empty, per call', times, '', { atMost: 2 })
  },
}

interface Looks {
  /** Mean time of a statement that reads the queue, per round. */
  lookMs: number[]
  /** All of them together, per delivery. */
  lookUs: number[]
}

function report(bench: Bench, runs: readonly Run[], { lookMs, lookUs }: Looks): void {
  bench.report('delivered', typical(runs, 'perSecond'), 'deliveries/s')
  bench.report('CPU', typical(runs, cpuOf), 'µs')
  bench.report('cost of looking, per call', median(lookMs), 'ms')
  bench.report('cost of looking, per delivery', median(lookUs), 'µs')
}

interface Dead {
  organisationId: string
  subscriptionId: string
}

/** A database in a certain state, and a way to run the same work on it again and again. */
async function prepare(
  bench: Bench,
  name: string,
  fill?: (sql: ReturnType<Bench['cluster']['connect']>, dead: Dead) => Promise<void>,
) {
  const databaseUrl = await bench.cluster.createDatabase(name)
  const first = await startPosthorn(bench.cluster, databaseUrl)
  const organisationIds = await first.subscribe(10, 1, `${bench.receiverUrl}/hook`)
  const [organisationId = ''] = await first.subscribe(1, 1, deadUrl)
  const { data } = await first.client.subscriptions.list({ organisationId })
  await first.stop()
  const sql = bench.cluster.connect(databaseUrl)
  await sql`create extension pg_stat_statements`
  const startedMs = performance.now()
  await fill?.(sql, { organisationId, subscriptionId: data[0]?.id ?? '' })
  if (fill)
    bench.note(`filled "${name}" in ${Math.round((performance.now() - startedMs) / 1000)} s`)
  const lookMs: number[] = []
  const lookUs: number[] = []
  const deliveries = { quick: 2000, default: 10_000, full: 20_000 }[bench.size]
  const load = { way: 'sql', organisationIds, fanOut: 1, bodyBytes: 1000 } as const
  return {
    lookMs,
    lookUs,
    async run(): Promise<Run> {
      const posthorn = await startPosthorn(bench.cluster, databaseUrl)
      try {
        await runPosthorn(bench, posthorn, { ...load, deliveries: deliveries / 4 })
        await sql`select pg_stat_statements_reset()`
        const run = await runPosthorn(bench, posthorn, { ...load, deliveries })
        const [row] = await sql<{ per_call_ms: number; per_delivery_us: number }[]>`
          select sum(total_exec_time) / sum(calls) as per_call_ms,
            1000 * sum(total_exec_time) / ${deliveries}::float as per_delivery_us from pg_stat_statements
          where dbid = (select oid from pg_database where datname = current_database())
            and query like '%from delivery_queue%' and query !~ '(insert into|delete from|update delivery_queue|update domain_events)'
            and query not like '%unnest($1::uuid[]) as o(id)%'`
        lookMs.push(row?.per_call_ms ?? Number.NaN)
        lookUs.push(row?.per_delivery_us ?? Number.NaN)
        return run
      } finally {
        await posthorn.stop()
      }
    },
  }
}
