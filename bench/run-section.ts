import { loadavg } from 'node:os'
import type { Bench, Section, SectionResult, Size } from './bench.ts'
import { startCluster } from './cluster.ts'
import { type Figure, judge } from './figures.ts'
import { describeMachine } from './machine.ts'
import { startProgram } from './program.ts'
import type { BareLoopCalls } from './programs/bare-loop.ts'
import type { LoadCalls } from './programs/load.ts'
import type { ReceiverCalls } from './programs/receiver.ts'
import { row } from './table.ts'

/** Each section has processes and a Postgres of its own, so that none finds what another left. */
export async function runSection(
  section: Section,
  size: Size,
  print: (text: string) => void,
): Promise<SectionResult> {
  print(`\n${section.title} (${section.name})`)
  const startedMs = performance.now()
  const measuredAt = new Date().toISOString()
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const figures: Figure[] = []
  let group = ''
  const cluster = await startCluster(section.postgresSettings)
  const receiver = startProgram<ReceiverCalls>('receiver')
  const bareLoop = startProgram<BareLoopCalls>('bare-loop')
  const load = startProgram<LoadCalls>('load')
  try {
    const machine = await describeMachine(cluster)
    const bench: Bench = {
      size,
      cluster,
      receiver,
      receiverUrl: `http://127.0.0.1:${await receiver.call('port')}`,
      bareLoop,
      load,
      group(name) {
        group = name
        print(`  ${name}`)
      },
      report(name, value, unit, target) {
        const one = judge({ group, name, value, unit, target: target ?? null })
        figures.push(one)
        print(row(one))
      },
      note: (text) => print(`  (${text})`),
    }
    await section.run(bench)
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    print(`  ${seconds} s`)
    return { name: section.name, size, measuredAt, seconds, loadBefore, machine, figures }
  } finally {
    await Promise.all([receiver, bareLoop, load].map((program) => program.stop()))
    await cluster.stop()
  }
}
