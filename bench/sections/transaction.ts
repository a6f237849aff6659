import type { Section } from '../bench.ts'
import { median, quantile } from '../figures.ts'
import { startPosthorn } from '../posthorn.ts'
import { arrived } from '../run.ts'

export const transaction: Section = {
  name: 'transaction',
  title: "The application's transaction",
  method:
    'A transaction that changes one row, with and without the INSERT of an event, in turns on one connection, durable, while the ' +
    'server delivers what comes out of it. Added is the difference of the medians.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('transactions'),
    )
    try {
      const [organisationId = ''] = await posthorn.subscribe(1, 1, `${bench.receiverUrl}/hook`)
      const pairs = bench.size === 'quick' ? 200 : 2000
      const { withoutMs, withMs } = await bench.load.call(
        'transactions',
        posthorn.databaseUrl,
        organisationId,
        pairs,
      )
      await arrived(bench, 'hook', pairs)
      bench.report('without, p50', median(withoutMs), 'ms')
      bench.report('with an event, p50', median(withMs), 'ms')
      bench.report('added, p50', median(withMs) - median(withoutMs), 'ms', { atMost: 1 })
      bench.report('without, p99', quantile(withoutMs, 0.99), 'ms')
      bench.report('with an event, p99', quantile(withMs, 0.99), 'ms')
    } finally {
      await posthorn.stop()
    }
  },
}
