import type { Bench, Section } from '../bench.ts'
import { quantile } from '../figures.ts'
import { type Posthorn, startPosthorn } from '../posthorn.ts'
import { arrived, checkRecorded } from '../run.ts'

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
        await eventsAtRate(bench, posthorn, organisationIds, {
          way,
          perSecond: 500,
          batchSize: 10,
          seconds: 2,
        })
      }
      for (const perSecond of [1000, 3000]) {
        for (const way of ['rest', 'sql'] as const) {
          for (const batchSize of [1, 10]) {
            const seconds = bench.size === 'quick' ? 2 : bench.size === 'full' ? 20 : 5
            const latenciesMs = await eventsAtRate(bench, posthorn, organisationIds, {
              way,
              perSecond,
              batchSize,
              seconds,
            })
            bench.group(
              `${perSecond}/s, ${way === 'rest' ? 'REST' : 'SQL'}, ${batchSize === 1 ? 'one by one' : `batches of ${batchSize}`}`,
            )
            const aimed = perSecond === 1000
            bench.report(
              'p50',
              quantile(latenciesMs, 0.5),
              'ms',
              aimed ? { atMost: 10 } : undefined,
            )
            bench.report(
              'p99',
              quantile(latenciesMs, 0.99),
              'ms',
              aimed ? { atMost: 50 } : undefined,
            )
          }
        }
      }
    } finally {
      await posthorn.stop()
    }
  },
}

export interface RateLoad {
  way: 'rest' | 'sql'
  perSecond: number
  batchSize: number
  seconds: number
}

/** A steady stream to `/timed`; resolves with the latency of every event, each of which must have been recorded. */
export async function eventsAtRate(
  bench: Bench,
  posthorn: Posthorn,
  organisationIds: string[],
  { way, ...load }: RateLoad,
): Promise<number[]> {
  const { url, apiKey, databaseUrl } = posthorn
  await bench.receiver.call('reset')
  const before = await posthorn.succeeded(organisationIds)
  const { events, perSecond } = await bench.load.call(
    'eventsAtRate',
    { way, url, apiKey, databaseUrl },
    { ...load, organisationIds, bodyBytes: 1000 },
  )
  if (perSecond < 0.97 * load.perSecond) {
    bench.note(`of ${load.perSecond}/s only ${Math.round(perSecond)}/s went in`)
  }
  await arrived(bench, 'timed', events)
  await posthorn.settled(organisationIds)
  await checkRecorded(bench, posthorn, organisationIds, before, events)
  return bench.receiver.call('latenciesMs')
}
