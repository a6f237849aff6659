import type { Bench, Section } from '../bench.ts'
import type { Sql } from '../cluster.ts'
import { resultsTable } from '../delivery-job.ts'
import { startPosthorn } from '../posthorn.ts'
import { type Program, startProgram } from '../program.ts'
import type { JobQueueCalls } from '../programs/graphile-worker.ts'
import {
  arrived,
  cpuOf,
  interleave,
  measure,
  type Run,
  ratio,
  runBareLoop,
  runPosthorn,
  typical,
} from '../run.ts'
import { waitUntil } from '../wait.ts'

const bodyBytes = 1000

const queues = {
  'graphile-worker': {
    enqueue: 'graphileJobs',
    pending: 'select exists (select from graphile_worker._private_jobs) as left',
  },
  'pg-boss': {
    enqueue: 'bossJobs',
    pending: `select exists (select from pgboss.job where state < 'completed') as left`,
  },
} as const
type Queue = keyof typeof queues
type Mode = 'documented' | 'pushed'

export const jobQueues: Section = {
  name: 'job-queues',
  title: 'Beside job queues',
  method:
    'What a team would otherwise build: a job per webhook, which signs with the same function, POSTs the way we do and writes a row ' +
    'with the result. Jobs, like events, go in by SQL, 500 per statement, while workers run, from the first to the last result ' +
    'recorded. Documented: the fastest settings that the documentation of each shows. Pushed: large batches, many requests at ' +
    'once, results that share an INSERT, and like our own dispatcher no wait for the disk when recording. The settings are in ' +
    '`bench/programs/`.',
  async run(bench) {
    const deliveries = { quick: 1000, default: 10_000, full: 20_000 }[bench.size]
    const posthorn = await preparePosthorn(bench, deliveries)
    const subjects = {
      bare: async () => runBareLoop(bench, deliveries, bodyBytes),
      posthorn,
      graphileDocumented: await prepareQueue(bench, 'graphile-worker', 'documented', deliveries),
      graphilePushed: await prepareQueue(bench, 'graphile-worker', 'pushed', deliveries),
      bossDocumented: await prepareQueue(bench, 'pg-boss', 'documented', deliveries),
      bossPushed: await prepareQueue(bench, 'pg-boss', 'pushed', deliveries),
    }
    await subjects.bare()
    const runs = await interleave(bench.size === 'quick' ? 1 : 3, subjects)
    bench.report('bare loop', typical(runs.bare, 'perSecond'), 'requests/s')
    const aims = { documented: { atLeast: 2.5 }, pushed: { atLeast: 1.5 } }
    for (const [name, subject, mode] of [
      ['Posthorn', runs.posthorn, undefined],
      ['graphile-worker, documented', runs.graphileDocumented, 'documented'],
      ['graphile-worker, pushed', runs.graphilePushed, 'pushed'],
      ['pg-boss, documented', runs.bossDocumented, 'documented'],
      ['pg-boss, pushed', runs.bossPushed, 'pushed'],
    ] as const) {
      bench.group(name)
      bench.report('delivered', typical(subject, 'perSecond'), 'deliveries/s')
      bench.report('÷ bare loop', ratio(subject, runs.bare), '')
      bench.report('CPU', typical(subject, cpuOf), 'µs')
      bench.report('WAL', typical(subject, 'walBytes'), 'bytes')
      if (mode) bench.report('Posthorn ÷ it', ratio(runs.posthorn, subject), '', aims[mode])
    }
  },
}

/** Started for its turn only: whoever else is measured has the machine to itself. */
async function preparePosthorn(bench: Bench, deliveries: number): Promise<() => Promise<Run>> {
  const databaseUrl = await bench.cluster.createDatabase('posthorn_beside')
  const first = await startPosthorn(bench.cluster, databaseUrl)
  const organisationIds = await first.subscribe(10, 1, `${bench.receiverUrl}/hook`)
  await first.stop()
  return async () => {
    const posthorn = await startPosthorn(bench.cluster, databaseUrl)
    try {
      const load = { way: 'sql', organisationIds, fanOut: 1, bodyBytes } as const
      await runPosthorn(bench, posthorn, { ...load, deliveries: deliveries / 2 })
      return await runPosthorn(bench, posthorn, { ...load, deliveries })
    } finally {
      await posthorn.stop()
    }
  }
}

async function prepareQueue(
  bench: Bench,
  queue: Queue,
  mode: Mode,
  deliveries: number,
): Promise<() => Promise<Run>> {
  const name = `${queue.replace('-', '_')}_${mode}`
  const databaseUrl = await bench.cluster.createDatabase(name)
  const sql = bench.cluster.connect(databaseUrl)
  await sql.unsafe(resultsTable)
  const relaxed = `${databaseUrl}?options=-c%20synchronous_commit%3Doff`
  return async () => {
    const program = startProgram<JobQueueCalls>(queue)
    try {
      await program.call(
        'start',
        mode === 'pushed' ? relaxed : databaseUrl,
        `${bench.receiverUrl}/hook`,
        mode,
      )
      const run = (jobs: number) => runJobs(bench, { program, sql, queue, databaseUrl, jobs })
      await run(deliveries / 2)
      const measured = await run(deliveries)
      await program.call('stop')
      return measured
    } finally {
      await program.stop()
    }
  }
}

interface JobRun {
  program: Program<JobQueueCalls>
  sql: Sql
  queue: Queue
  databaseUrl: string
  jobs: number
}

async function runJobs(bench: Bench, run: JobRun): Promise<Run> {
  const { program, sql, queue, databaseUrl, jobs } = run
  const { enqueue, pending } = queues[queue]
  const recorded = async () => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int from webhook_results`
    return row?.count ?? 0
  }
  const before = await recorded()
  const measured = await measure(bench, program.pid, jobs, async () => {
    await Promise.all([
      bench.load.call(enqueue, databaseUrl, jobs, bodyBytes),
      arrived(bench, 'hook', jobs),
    ])
    await waitUntil('jobs are left in the queue', async () => {
      const [row] = await sql.unsafe<{ left: boolean }[]>(pending)
      return row?.left === false
    })
  })
  const count = (await recorded()) - before
  if (count !== jobs) throw new Error(`${count} of ${jobs} results were recorded`)
  return measured
}
