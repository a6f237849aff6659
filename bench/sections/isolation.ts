import type { Bench, Section } from '../bench.ts'
import { median, quantile } from '../figures.ts'
import { type Posthorn, startPosthorn } from '../posthorn.ts'
import { arrived } from '../run.ts'
import { eventsAtRate } from './latency.ts'

const others = { way: 'rest', perSecond: 500, batchSize: 5 } as const
const rounds = 2
const eventsToStuck = 500

export const isolation: Section = {
  name: 'isolation',
  title: 'Isolation',
  method:
    'Ten organisations send 500 events a second, one subscription each. Then the same while an eleventh has a receiver that never ' +
    'answers, and the backlog of a twelfth, which was held back until then, is sent as fast as it goes. How long the ten wait is ' +
    'measured as under Latency.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('isolation'),
    )
    try {
      const quiet = await posthorn.subscribe(10, 1, `${bench.receiverUrl}/timed`)
      const noisy = await holdBack(posthorn, `${bench.receiverUrl}/noisy`)
      const stuck = await holdBack(posthorn, `${bench.receiverUrl}/stuck`)
      const backlog = { quick: 2000, default: 20_000, full: 200_000 }[bench.size]
      const seconds = { quick: 2, default: 4, full: 20 }[bench.size]
      await eventsAtRate(bench, posthorn, quiet, { ...others, seconds: 2 })
      const alone: number[] = []
      const disturbed: number[] = []
      for (let round = 0; round < (bench.size === 'quick' ? 1 : rounds); round++) {
        alone.push(p99(await eventsAtRate(bench, posthorn, quiet, { ...others, seconds })))
        await addEvents(bench, posthorn, noisy.organisationId, backlog)
        await addEvents(bench, posthorn, stuck.organisationId, eventsToStuck)
        const startedMs = performance.now()
        const quietLoad = eventsAtRate(bench, posthorn, quiet, { ...others, seconds })
        await Promise.all([stuck.resume(), noisy.resume()])
        const drained = arrived(bench, 'noisy', backlog).then(() => performance.now() - startedMs)
        disturbed.push(p99(await quietLoad))
        bench.note(`the backlog took ${((await drained) / 1000).toFixed(1)} s of ${seconds} s`)
        await Promise.all([stuck.pause(), noisy.pause()])
        await bench.receiver.call('release')
      }
      bench.report('p99 of the others, alone', median(alone), 'ms')
      bench.report('p99 of the others, disturbed', median(disturbed), 'ms')
      bench.report('disturbed ÷ alone', median(disturbed) / median(alone), '', { atMost: 2 })
    } finally {
      await bench.receiver.call('release')
      await posthorn.stop()
    }
  },
}

function p99({ latenciesMs }: { latenciesMs: readonly number[] }): number {
  return quantile(latenciesMs, 0.99)
}

/** An organisation with a paused subscription: its deliveries wait on disk until it is resumed. */
async function holdBack(posthorn: Posthorn, url: string) {
  const [organisationId = ''] = await posthorn.subscribe(1, 1, url)
  const { subscriptions } = posthorn.client
  const { data } = await subscriptions.list({ organisationId })
  const id = data[0]?.id ?? ''
  await subscriptions.pause(id)
  return {
    organisationId,
    pause: () => subscriptions.pause(id),
    resume: () => subscriptions.resume(id),
  }
}

/** Resolves when all of them are in the queue. */
async function addEvents(
  bench: Bench,
  posthorn: Posthorn,
  organisationId: string,
  events: number,
): Promise<void> {
  const { url, apiKey, databaseUrl } = posthorn
  await bench.load.call(
    'events',
    { way: 'rest', url, apiKey, databaseUrl },
    { organisationIds: [organisationId], bodyBytes: 1000, events },
  )
}
