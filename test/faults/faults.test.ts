import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresCluster, startCluster } from './postgres-cluster.ts'
import { scenarios } from './scenarios/index.ts'
import { row } from './table.ts'

/*
 * What breaks if one of these fails: an accepted event can be lost, or sent twice without a reason, when something dies.
 * These are slices; `npm run faults` breaks more and for longer. FAULTS_SEED=… makes the same choices again.
 */
const slice = ['F1', 'F2', 'F3', 'F6', 'F7', 'F8', 'F12', 'F14', 'F16']
const seed = Number(process.env['FAULTS_SEED'] ?? randomInt(2 ** 31))

let cluster: PostgresCluster

beforeAll(async () => {
  cluster = await startCluster()
})
afterAll(() => cluster?.stop())

test.each(scenarios.filter(({ id }) => slice.includes(id)))(
  '$id: nothing is lost when $title',
  { timeout: 300_000 },
  async ({ id, title, run }) => {
    const startedMs = performance.now()
    const verdict = await run({ cluster, seed, full: false })
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    process.stdout.write(`${row({ id, title, seconds, verdict })} seed ${seed}\n`)
    expect(verdict.accepted).toBeGreaterThan(0)
    expect(verdict.lost).toBe(0)
    expect(verdict.violations, `seed ${seed}`).toEqual([])
  },
)
