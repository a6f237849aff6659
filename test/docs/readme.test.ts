import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { readSnippet } from '../support/snippets.ts'

const apiKey = `ph_${'R'.repeat(12)}_${'m'.repeat(43)}`
const children: ChildProcess[] = []
let database: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/readme-')
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

const snippet = (name: string) => readSnippet('README.md', name)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const environment = (more: Record<string, string>) => ({
  ...process.env,
  PATH: `${join(process.cwd(), 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
  ...more,
})

/** Runs a program until it prints a line that matches. */
async function untilLine(args: string[], env: Record<string, string>, expected: RegExp) {
  const child = spawn(process.execPath, args, {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const text of createInterface({ input: child.stdout })) {
    const line = text.match(expected)
    if (line) return line
  }
  throw new Error(`${args.join(' ')} ended early`)
}

test('the requests of the README lead from an empty database to a verified webhook', {
  timeout: 60_000,
}, async () => {
  const settings = Object.fromEntries(
    [...snippet('start').matchAll(/(POSTHORN_\w+)=(\S+)/g)].map((one) => [one[1], one[2]]),
  )
  const line = await untilLine(
    ['--conditions=posthorn-source', 'server/cli/main.ts', 'start'],
    {
      ...settings,
      PORT: '0',
      DATABASE_URL: database.url,
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_LOG_LEVEL: 'error',
      POSTHORN_RETENTION_EVENTS_DAYS: '3',
      POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
    },
    /^Posthorn\s+(http\S+)/,
  )
  const port = String(await freePort())
  const file = join(folder, 'receiver.mjs')
  writeFileSync(file, snippet('receiver.mjs').replaceAll('9000', port))
  let exported: Record<string, string> = { POSTHORN_URL: line[1] ?? '', POSTHORN_API_KEY: apiKey }
  const run = (name: string): string => {
    const script = `set -euo pipefail\n${snippet(name).replaceAll('9000', port)}\necho; echo "== $(env -0 | base64 -w0)"`
    const output = execFileSync('bash', ['-c', script], {
      env: environment(exported),
      encoding: 'utf8',
    })
    const [text = '', variables = ''] = output.split('\n== ')
    for (const entry of Buffer.from(variables, 'base64').toString().split('\0')) {
      const [key = '', ...value] = entry.split('=')
      if (/^(ORGANISATION_KEY|WEBHOOK_SECRET|EVENT_ID)$/.test(key))
        exported = { ...exported, [key]: value.join('=') }
    }
    return text
  }
  expect(JSON.parse(run('event-type'))).toMatchObject({ name: 'IssueStatusChanged' })
  run('api-key')
  run('subscription')
  const verified = untilLine([file], exported, /^verified (.*)/)
  // The first try may come before the receiver listens; the schedule brings it again.
  run('event')
  expect(JSON.parse((await verified)[1] ?? '')).toMatchObject({
    id: exported['EVENT_ID'],
    type: 'IssueStatusChanged',
  })
  let status = ''
  while (status !== 'succeeded') status = JSON.parse(run('deliveries')).data[0]?.status
})

test('the embedding example of the README starts, posts its event and ends by itself when told to', {
  timeout: 60_000,
}, async () => {
  const file = join(folder, 'embed.ts')
  const port = String(await freePort())
  writeFileSync(file, snippet('embed.ts').replaceAll('8080', port))
  const child = spawn(process.execPath, ['--conditions=posthorn-source', file], {
    env: environment({
      DATABASE_URL: database.url,
      POSTHORN_API_KEY: apiKey,
      POSTHORN_ENCRYPTION_KEYS: encryptionKeys.join(),
    }),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.push(child)
  const ended = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  // Its own event, beside the one of the requests above.
  const list = `http://127.0.0.1:${port}/v1/events?organisationId=7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f`
  let events = 0
  while (events < 2) {
    events = await fetch(list, { headers: { authorization: `Bearer ${apiKey}` } })
      .then((response) => response.json())
      .then(
        (page) => (page as { data?: unknown[] }).data?.length ?? 0,
        () => 0,
      )
  }
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
