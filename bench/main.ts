// npm run bench [-- --only throughput,latency] [--quick | --full] [--json FILE] [--write]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Section, SectionResult, Size } from './bench.ts'
import { cleanUpOnInterrupt, isInterrupted } from './interrupt.ts'
import { writePage } from './page.ts'
import { runSection } from './run-section.ts'
import { sections } from './sections.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
if (values.quick && values.write) throw new Error('A quick run gives no figures to publish')
const size: Size = values.quick ? 'quick' : values.full ? 'full' : 'default'
cleanUpOnInterrupt()
const startedMs = performance.now()
const results: SectionResult[] = []
const failures: string[] = []

for (const section of choose(values.only)) {
  if (isInterrupted()) break
  try {
    results.push(await runSection(section, size, print))
  } catch (error) {
    // The others are still worth knowing.
    failures.push(section.name)
    print(`  failed: ${(error as Error)?.stack ?? error}`)
  }
}

print(`\nAll of it in ${Math.round((performance.now() - startedMs) / 1000)} s`)
const judged = results.flatMap(({ name, figures }) =>
  figures
    .filter(({ met }) => met !== null)
    .map((one) => ({ met: one.met, text: [name, one.group, one.name].filter(Boolean).join(', ') })),
)
const missed = judged.filter(({ met }) => !met)
print(`${judged.length - missed.length} of ${judged.length} targets met. Missed:`)
print(missed.map(({ text }) => `  ${text}`).join('\n') || '  none')
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
if (values.write) writePage(results)
if (failures.length > 0) {
  print(`Failed: ${failures.join(', ')}`)
  process.exitCode = 1
}

function choose(only: string | undefined): readonly Section[] {
  if (only === undefined) return sections
  const names = only.split(',')
  const unknown = names.filter((name) => !sections.some((section) => section.name === name))
  if (unknown.length === 0) return sections.filter(({ name }) => names.includes(name))
  throw new Error(`No section ${unknown}; there are ${sections.map(({ name }) => name).join(', ')}`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
