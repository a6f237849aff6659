import type { Section } from '../bench.ts'
import { rssMib } from '../cpu.ts'
import { startPosthorn } from '../posthorn.ts'
import { runPosthorn } from '../run.ts'

export const memory: Section = {
  name: 'memory',
  title: 'Memory',
  method:
    'Resident memory of the server (API and dispatcher in one process): after its start, at its highest while a backlog that came in ' +
    'at once by SQL is sent, and five seconds after. The machine decides how soon freed memory is given back.',
  async run(bench) {
    const posthorn = await startPosthorn(
      bench.cluster,
      await bench.cluster.createDatabase('memory'),
    )
    const { pid } = posthorn
    try {
      const organisationIds = await posthorn.subscribe(10, 1, `${bench.receiverUrl}/hook`)
      bench.report('after the start', rssMib(pid), 'MiB')
      const backlog = { quick: 5000, default: 40_000, full: 500_000 }[bench.size]
      for (const [deliveries, bodyBytes] of [
        [backlog, 1000],
        [backlog / 10, 40_000],
      ] as const) {
        bench.group(`${deliveries.toLocaleString('en-GB')} of ${bodyBytes / 1000} kB`)
        const load = { way: 'sql', organisationIds, fanOut: 1, deliveries, bodyBytes } as const
        const peakMib = await peakWhile(pid, () => runPosthorn(bench, posthorn, load))
        bench.report('at the highest', peakMib, 'MiB', { atMost: 300 })
        await new Promise((resolve) => setTimeout(resolve, 5000))
        bench.report('five seconds after', rssMib(pid), 'MiB')
      }
    } finally {
      await posthorn.stop()
    }
  },
}

async function peakWhile(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peakMib = 0
  const timer = setInterval(() => {
    peakMib = Math.max(peakMib, rssMib(pid))
  }, 100)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return peakMib
}
