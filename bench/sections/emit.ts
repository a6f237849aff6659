import type { Bench, Section } from '../bench.ts'
import { median, quantile } from '../figures.ts'
import { type Posthorn, startPosthorn } from '../posthorn.ts'
import { type Program, startProgram } from '../program.ts'
import type { HostCalls } from '../programs/host.ts'
import { arrived } from '../run.ts'

const drivers = [
  'postgres.js',
  'postgres.js, unprepared and with its own transforms',
  'a client of a pg pool',
  'drizzle on postgres.js',
  'drizzle on pg',
  'Prisma',
]
const everyMs = 100

export const emit: Section = {
  name: 'emit',
  title: 'Emit in a transaction',
  method:
    'A transaction of one INSERT of its own, with and without `emit(tx, event)` of 1 kB, in turns on one connection, durable, while ' +
    'a server delivers what comes out of it; added is the difference of the medians. Then, an event every 100 ms, each of another ' +
    'organisation: from `emit` until the signed request is at the receiver, INSERT and commit included, with the dispatcher in the ' +
    "application's process and in another.",
  async run(bench) {
    const databaseUrl = await bench.cluster.createDatabase('emit')
    const posthorn = await startPosthorn(bench.cluster, databaseUrl)
    const host = startProgram<HostCalls>('host')
    try {
      await host.call('prepare', databaseUrl)
      await addedTime(bench, posthorn, host)
      await latencies(bench, posthorn, host)
    } finally {
      await host.stop()
    }
  },
}

async function addedTime(bench: Bench, posthorn: Posthorn, host: Program<HostCalls>) {
  const [organisationId = ''] = await posthorn.subscribe(1, 1, `${bench.receiverUrl}/hook`)
  const pairs = { quick: 100, default: 1000, full: 3000 }[bench.size]
  for (const driver of drivers) {
    const { withoutMs, withMs } = await host.call(
      'transactions',
      driver,
      posthorn.databaseUrl,
      organisationId,
      pairs,
    )
    bench.group(driver)
    bench.report('without, p50', median(withoutMs), 'ms')
    bench.report('with an event, p50', median(withMs), 'ms')
    bench.report('added, p50', median(withMs) - median(withoutMs), 'ms', { atMost: 1 })
  }
  await posthorn.settled([organisationId])
}

async function latencies(bench: Bench, posthorn: Posthorn, host: Program<HostCalls>) {
  const count = { quick: 20, default: 100, full: 400 }[bench.size]
  const organisationIds = await posthorn.subscribe(count, 1, `${bench.receiverUrl}/timed`)
  for (const embedded of [false, true]) {
    if (embedded) await posthorn.stop()
    await bench.receiver.call('reset')
    await host.call('nowAndThen', posthorn.databaseUrl, organisationIds, everyMs, embedded)
    await arrived(bench, 'timed', count)
    const latenciesMs = await bench.receiver.call('latenciesMs')
    bench.group(embedded ? 'dispatcher in the same process' : 'dispatcher in another process')
    bench.report('p50', median(latenciesMs), 'ms', { atMost: embedded ? 10 : 50 })
    bench.report('p99', quantile(latenciesMs, 0.99), 'ms')
  }
}
