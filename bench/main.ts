// npm run bench [-- --json FILE] [-- --events N]: figures and ratios of one run on this machine.
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bareLoop } from './bare-loop.ts'
import { cpuUs, rssMib, start } from './processes.ts'

interface Figure {
  name: string
  value: number
  unit: string
  target: string
  ok: boolean | null
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    events: { type: 'string', default: '40000' },
    seconds: { type: 'string', default: '10' },
  },
})
const count = Number(values.events)
const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-bench-'))
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const random62 = (length: number) => Array.from({ length }, () => base62[randomInt(62)]).join('')
const apiKey = `ph_${random62(12)}_${random62(43)}`
const organisationId = randomUUID()
const data = { note: 'x'.repeat(640), from: 'open', to: 'closed', priority: 3 }
const figures: Figure[] = []

const receiver = await start('bench/receiver.ts', {}, /^(\d+)$/)
const receiverUrl = `http://127.0.0.1:${receiver.line[1]}`
const server = await start(
  'server/main.ts',
  {
    PORT: '0',
    POSTHORN_DATA_DIR: dataDir,
    POSTHORN_BOOTSTRAP_API_KEY: apiKey,
    POSTHORN_ALLOW_HTTP: 'true',
    POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
    POSTHORN_LOG_LEVEL: 'warn',
  },
  /^Posthorn\s+(http\S+)/,
)
const api = server.line[1] ?? ''
const serverPid = server.process.pid ?? 0

try {
  await post('/v1/subscriptions', {
    organisationId,
    url: `${receiverUrl}/hook`,
    eventTypes: ['Issue*'],
  })
  await postBatch(2000)
  await received(2000)

  const body = JSON.stringify({
    id: randomUUID(),
    type: 'IssueStatusChanged',
    entityId: randomUUID(),
    organisationId,
    data,
    entityType: 'Issue',
  }).padEnd(1000)
  await bareLoop(`${receiverUrl}/hook`, body, 5000, 64)
  const bare = await bareLoop(`${receiverUrl}/hook`, body, count, 64)
  report('bare loop', bare, 'requests/s', '', null)

  await clear()
  const before = cpuUs(serverPid, dataDir)
  const startedMs = performance.now()
  await Promise.all([postBatch(count), received(count)])
  const delivered = count / ((performance.now() - startedMs) / 1000)
  await settled()
  const after = cpuUs(serverPid, dataDir)
  report('delivered', delivered, 'deliveries/s', '', null)
  report('delivered ÷ bare loop', delivered / bare, '', '≥ 0.6', delivered / bare >= 0.6)
  const node = (after.node - before.node) / count
  const postgres = (after.postgres - before.postgres) / count
  report('CPU per delivery', node + postgres, 'µs', '≤ 125', node + postgres <= 125)
  report('  of it in Node', node, 'µs', '', null)
  report('  of it in Postgres', postgres, 'µs', '', null)

  await clear()
  const atRate = await postAtRate(1000, Number(values.seconds))
  await received(atRate)
  const latenciesMs = (await (await fetch(`${receiverUrl}/latencies`)).json()) as number[]
  latenciesMs.sort((a, b) => a - b)
  const quantile = (q: number) => latenciesMs[Math.floor(latenciesMs.length * q)] ?? 0
  report('latency at 1,000/s, p50', quantile(0.5), 'ms', '≤ 10', quantile(0.5) <= 10)
  report('latency at 1,000/s, p99', quantile(0.99), 'ms', '≤ 50', quantile(0.99) <= 50)
  report('memory of the server', rssMib(serverPid), 'MiB', '≤ 300', rssMib(serverPid) <= 300)
} finally {
  server.process.kill('SIGTERM')
  await new Promise((resolve) => server.process.once('exit', resolve))
  receiver.process.kill()
  rmSync(dataDir, { recursive: true, force: true })
}

process.stdout.write(
  `\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, embedded PostgreSQL, ${count} events of 1 kB\n`,
)
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)

function report(
  name: string,
  value: number,
  unit: string,
  target: string,
  ok: boolean | null,
): void {
  const rounded = value >= 100 ? Math.round(value) : Math.round(value * 100) / 100
  figures.push({ name, value: rounded, unit, target, ok })
  const verdict = ok === null ? '' : ok ? 'met' : 'missed'
  process.stdout.write(
    `${name.padEnd(28)}${String(rounded).padStart(10)} ${unit.padEnd(14)}${target.padEnd(8)}${verdict}\n`,
  )
}

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(api + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

function event(): object {
  return {
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueStatusChanged',
    data,
    organisationId,
  }
}

async function postBatch(total: number): Promise<void> {
  let left = total
  async function worker(): Promise<void> {
    while (left > 0) {
      const size = Math.min(500, left)
      left -= size
      await post('/v1/events/batch', { events: Array.from({ length: size }, event) })
    }
  }
  await Promise.all([worker(), worker()])
}

/** A small batch every 10 ms, so that the load itself stays small beside what is measured. */
async function postAtRate(perSecond: number, seconds: number): Promise<number> {
  const everyMs = 10
  const size = (perSecond * everyMs) / 1000
  const posts: Promise<unknown>[] = []
  const startedMs = performance.now()
  for (let turn = 0; turn < (seconds * 1000) / everyMs; turn++) {
    const waitMs = startedMs + turn * everyMs - performance.now()
    if (waitMs > 0) await sleep(waitMs)
    posts.push(post('/v1/events/batch', { events: Array.from({ length: size }, event) }))
  }
  await Promise.all(posts)
  return posts.length * size
}

async function clear(): Promise<void> {
  await fetch(receiverUrl, { method: 'DELETE' })
}

async function received(total: number): Promise<void> {
  const giveUpMs = performance.now() + 120_000
  for (;;) {
    const arrived = Number(await (await fetch(receiverUrl)).text())
    if (arrived >= total) return
    if (performance.now() > giveUpMs) throw new Error(`Only ${arrived} of ${total} arrived`)
    await sleep(50)
  }
}

/** When nothing is pending any more, every result is recorded. */
async function settled(): Promise<void> {
  for (;;) {
    const response = await fetch(
      `${api}/v1/deliveries?organisationId=${organisationId}&status=pending&limit=1`,
      {
        headers: { authorization: `Bearer ${apiKey}` },
      },
    )
    if (((await response.json()) as { data: unknown[] }).data.length === 0) return
    await sleep(50)
  }
}
