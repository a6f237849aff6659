import type { Bench, Section } from '../bench.ts'
import { quantile } from '../figures.ts'
import { type Posthorn, startPosthorn } from '../posthorn.ts'
import { arrived, checkRecorded } from '../run.ts'
import { format } from '../table.ts'

export const latency: Section = {
  name: 'latency',
  title: 'Latency',
  method:
    'From the moment the application makes an event and sends it off, by INSERT or by POST, until the signed request is at the ' +
    'receiver. The commit lies in between, so commit to request takes less. Events leave on time whether or not earlier ones ' +
    'were answered. Ten organisations with a subscription each, 1 kB.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('latency'),
    )
    try {
      const organisationIds = await posthorn.subscribe(10, 1, `${bench.receiverUrl}/timed`)
      for (const way of ['rest', 'sql'] as const) {
        const warmUp = { way, perSecond: 500, batchSize: 10, seconds: 2 }
        await eventsAtRate(bench, posthorn, organisationIds, warmUp)
      }
      const seconds = { quick: 2, default: 4, full: 20 }[bench.size]
      for (const perSecond of [1000, 3000]) {
        for (const way of ['rest', 'sql'] as const) {
          for (const batchSize of [1, 10]) {
            const load = { way, perSecond, batchSize, seconds }
            report(bench, load, await eventsAtRate(bench, posthorn, organisationIds, load))
          }
        }
      }
    } finally {
      await posthorn.stop()
    }
  },
}

function report(bench: Bench, load: RateLoad, stream: Stream): void {
  const { way, perSecond, batchSize } = load
  const size = batchSize === 1 ? 'one by one' : `batches of ${batchSize}`
  bench.group(`${format(perSecond)}/s, ${way === 'rest' ? 'REST' : 'SQL'}, ${size}`)
  const aim = (atMost: number) => (perSecond === 1000 ? { atMost } : undefined)
  bench.report('p50', quantile(stream.latenciesMs, 0.5), 'ms', aim(10))
  bench.report('p99', quantile(stream.latenciesMs, 0.99), 'ms', aim(50))
  bench.report('went in', stream.perSecond, 'events/s')
}

export interface RateLoad {
  way: 'rest' | 'sql'
  perSecond: number
  batchSize: number
  seconds: number
}

interface Stream {
  /** Of every event. */
  latenciesMs: number[]
  /** Until the last one was accepted: less than asked for when the server did not keep up. */
  perSecond: number
}

/** A steady stream to `/timed`, each event of which must be recorded. */
export async function eventsAtRate(
  bench: Bench,
  posthorn: Posthorn,
  organisationIds: string[],
  { way, ...load }: RateLoad,
): Promise<Stream> {
  const { url, apiKey, databaseUrl } = posthorn
  await bench.receiver.call('reset')
  const before = await posthorn.succeeded(organisationIds)
  const { events, perSecond } = await bench.load.call(
    'eventsAtRate',
    { way, url, apiKey, databaseUrl },
    { ...load, organisationIds, bodyBytes: 1000 },
  )
  await arrived(bench, 'timed', events)
  await posthorn.settled(organisationIds)
  await checkRecorded(bench, posthorn, organisationIds, before, events)
  return { latenciesMs: await bench.receiver.call('latenciesMs'), perSecond }
}
