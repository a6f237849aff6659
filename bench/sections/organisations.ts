import type { Section } from '../bench.ts'
import { startPosthorn } from '../posthorn.ts'
import { cpuOf, interleave, ratio, runBareLoop, runPosthorn, typical } from '../run.ts'

export const organisations: Section = {
  name: 'organisations',
  title: 'Few and many organisations',
  method:
    'The same number of events, once of a single organisation and once spread over a thousand, each with one subscription; SQL way ' +
    'in, 1 kB.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('organisations'),
    )
    try {
      const url = `${bench.receiverUrl}/hook`
      const one = await posthorn.subscribe(1, 1, url)
      const many = await posthorn.subscribe(bench.size === 'quick' ? 100 : 1000, 1, url)
      const deliveries = { quick: 2000, default: 10_000, full: 20_000 }[bench.size]
      const subjects = (count: number) => {
        const load = { way: 'sql', fanOut: 1, deliveries: count, bodyBytes: 1000 } as const
        return {
          bare: () => runBareLoop(bench, count, 1000),
          one: () => runPosthorn(bench, posthorn, { ...load, organisationIds: one }),
          many: () => runPosthorn(bench, posthorn, { ...load, organisationIds: many }),
        }
      }
      await interleave(1, subjects(deliveries / 4))
      const runs = await interleave(bench.size === 'quick' ? 1 : 3, subjects(deliveries))
      for (const [name, subject] of [
        ['1 organisation', runs.one],
        [`${many.length.toLocaleString('en-GB')} organisations`, runs.many],
      ] as const) {
        bench.group(name)
        bench.report('delivered', typical(subject, 'perSecond'), 'deliveries/s')
        bench.report('÷ bare loop', ratio(subject, runs.bare), '')
        bench.report('CPU', typical(subject, cpuOf), 'µs')
      }
    } finally {
      await posthorn.stop()
    }
  },
}
