import type { Section } from '../bench.ts'
import { run } from '../read-side.ts'

const sizes = {
  quick: { finished: 100_000, pending: 10_000 },
  default: { finished: 1_000_000, pending: 100_000 },
  full: { finished: 10_000_000, pending: 1_000_000 },
}

export const readSide: Section = {
  name: 'read-side',
  title: 'Reading the log',
  method:
    'Requests to the API in its own process, on a log of 1,000 organisations (one of them with 30 % of it) and a backlog that is ' +
    'mostly for one endpoint: 1 M finished and 100 k waiting deliveries, with --full 10 M and 1 M. Its own Postgres, filled by SQL, ' +
    'with fsync off, which reads do not notice.',
  async run(bench) {
    bench.note('filling the log')
    await run({
      size: sizes[bench.size],
      report({ name, p50, p95 }) {
        bench.group(name)
        bench.report('p50', p50, 'ms')
        bench.report('p95', p95, 'ms', { atMost: 150 })
      },
    })
  },
}
