// npm run faults [-- --only F6] [-- --seed 42] [-- --slice] [-- --json FILE]: breaks what can break and counts what is lost.
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { startCluster } from './postgres-cluster.ts'
import { scenarios } from './scenarios/index.ts'
import { header, type Result, row } from './table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    slice: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const only = values.only?.flatMap((text) => text.split(','))
const unknown = only?.filter((id) => !scenarios.some((scenario) => scenario.id === id)) ?? []
if (unknown.length > 0 || !Number.isInteger(seed)) {
  process.stderr.write(
    `Use --only with ${scenarios.map(({ id }) => id).join(', ')} and --seed with a whole number.\n`,
  )
  process.exit(2)
}
const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
process.stdout.write(`${machine}, embedded PostgreSQL 18, seed ${seed}\n\n${header}\n`)

const results: Result[] = []
const cluster = await startCluster()
process.once('SIGINT', () => void cluster.stop().finally(() => process.exit(130)))
try {
  for (const { id, title, run } of scenarios) {
    if (only && !only.includes(id)) continue
    const startedMs = performance.now()
    const verdict = await run({ cluster, seed, full: !values.slice }).catch((error: Error) => error)
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    const result = { id, title, seconds, verdict }
    results.push(result)
    process.stdout.write(`${row(result)}\n`)
  }
} finally {
  await cluster.stop()
}

const failed = results.filter(
  ({ verdict }) => verdict instanceof Error || verdict.violations.length > 0,
)
for (const { id, verdict } of failed) {
  const lines = verdict instanceof Error ? [String(verdict.stack)] : verdict.violations
  process.stdout.write(`\n${id}:\n${lines.map((line) => `  ${line}\n`).join('')}`)
}
process.stdout.write(`\n${results.length - failed.length} passed, ${failed.length} failed\n`)
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ machine, seed, results }, null, 2)}\n`)
process.exitCode = failed.length > 0 ? 1 : 0
