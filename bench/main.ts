// npm run bench [-- --only throughput,latency] [--quick | --full] [--json FILE] [--write]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Bench, Results, Section, Size } from './bench.ts'
import { startCluster } from './cluster.ts'
import { judge } from './figures.ts'
import { describeMachine, type Machine } from './machine.ts'
import { startProgram } from './program.ts'
import type { BareLoopCalls } from './programs/bare-loop.ts'
import type { LoadCalls } from './programs/load.ts'
import type { ReceiverCalls } from './programs/receiver.ts'
import { sections } from './sections.ts'
import { row } from './table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const size: Size = values.quick ? 'quick' : values.full ? 'full' : 'default'
const chosen = choose(values.only)

const results: Results = { figures: [], sections: [] }
let machine: Machine | undefined
const startedMs = performance.now()
for (const section of chosen) await runSection(section)
print(`\nAll of it in ${Math.round((performance.now() - startedMs) / 1000)} s`)
const failed = results.sections.filter(({ error }) => error !== undefined)
const missed = results.figures.filter(({ met }) => met === false)
print(
  `${missed.length} missed${missed.map((one) => `\n  ${[one.section, one.group, one.name].filter(Boolean).join(', ')}`).join('')}`,
)
const report = { machine, size, ...results }
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
if (failed.length > 0) {
  print(`Failed: ${failed.map(({ name, error }) => `${name}: ${error}`).join('\n')}`)
  process.exitCode = 1
}

function choose(only: string | undefined): readonly Section[] {
  if (only === undefined) return sections
  const names = only.split(',')
  const unknown = names.filter((name) => !sections.some((section) => section.name === name))
  if (unknown.length === 0) return sections.filter(({ name }) => names.includes(name))
  throw new Error(`No section ${unknown}; there are ${sections.map(({ name }) => name).join(', ')}`)
}

/** Each has processes and a Postgres of its own, so that none finds what another left. */
async function runSection(section: Section): Promise<void> {
  print(`\n${section.title} (${section.name})`)
  const sectionStartedMs = performance.now()
  let group = ''
  const cluster = await startCluster(section.postgresSettings)
  const receiver = startProgram<ReceiverCalls>('receiver')
  const bareLoop = startProgram<BareLoopCalls>('bare-loop')
  const load = startProgram<LoadCalls>('load')
  const seconds = () => Math.round((performance.now() - sectionStartedMs) / 1000)
  try {
    machine ??= await describeMachine(cluster)
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
        const one = judge({
          section: section.name,
          group,
          name,
          value,
          unit,
          target: target ?? null,
        })
        results.figures.push(one)
        print(row(one))
      },
      note: (text) => print(`  ${text}`),
    }
    await section.run(bench)
    results.sections.push({ name: section.name, seconds: seconds() })
  } catch (error) {
    const text = (error as Error)?.stack ?? String(error)
    print(`  failed: ${text}`)
    results.sections.push({ name: section.name, seconds: seconds(), error: text })
  } finally {
    await Promise.all([receiver, bareLoop, load].map((program) => program.stop()))
    await cluster.stop()
  }
  print(`  ${seconds()} s`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
