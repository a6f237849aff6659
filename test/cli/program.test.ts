import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { version } from '../../server/kernel/version.ts'
import { runCli } from './run-cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where there is no database, neither named nor embedded. */
const nowhere = () => ({ POSTHORN_DATA_DIR: join(folder, 'none') })

test('help and version are results: on standard output, with exit code 0', async () => {
  expect(await runCli(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  expect(await runCli(['--help'])).toMatchObject({ code: 0, err: '' })
  expect(await runCli(['help', 'listen'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--url <url>'),
  })
})

test('no command at all is a mistake that gets the help', async () => {
  const { code, out, err } = await runCli([])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: posthorn')
})

test.each([
  [['strat'], 'unknown command', 'Did you mean start?'],
  [['keys', 'lst'], 'unknown command', 'Did you mean list?'],
  [['listen', '--ulr', 'http://localhost'], "unknown option '--ulr'", 'Did you mean --url?'],
  [['start', '--role', 'worker'], "'worker' is invalid", 'all, api, dispatcher'],
  [['listen', '--url', 'localhost:3000'], '--url', 'http://localhost:3000/hooks'],
  [['listen', '--url', 'http://a', '--filter', '{"path":"x"}'], '--filter', 'SubscriptionFilter'],
  [['listen'], 'Where to', '--url'],
  [['keys', 'create', '--name', 'x'], 'What may it do', '--scopes'],
  [['keys', 'create', '--name', 'x', '--scopes', 'admin'], 'Whose key', '--platform'],
  [['keys', 'revoke', '12'], 'argument', 'Use a UUID'],
  [['migrate', '--env-file', '/nowhere/.env'], '--env-file', 'ENOENT'],
])('%j is wrong usage, and is told how to do it', async (args, wrong, fix) => {
  const { code, out, err } = await runCli(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(wrong)
  expect(err).toContain(fix)
})

test.each([
  [['migrate'], 'DATABASE_URL'],
  [['keys', 'list'], 'DATABASE_URL'],
  [['trigger', 'IssueCreated'], 'POSTHORN_API_KEY'],
  [['listen', '--url', 'http://localhost:3000'], 'POSTHORN_API_KEY'],
])('%j says which variable is missing, as text or as one document of JSON', async (args, name) => {
  const text = await runCli(args, nowhere())
  expect({ code: text.code, out: text.out }).toEqual({ code: 2, out: '' })
  expect(text.err).toContain(`${name} is not set`)
  const json = await runCli([...args, '--json'], nowhere())
  expect({ code: json.code, err: json.err }).toEqual({ code: 2, err: '' })
  expect(JSON.parse(json.out)).toMatchObject({
    error: {
      code: 'validation_failed',
      issues: [{ field: name, message: expect.stringContaining('is not set') }],
    },
  })
})

test('wrong usage is a document of JSON as well where one is asked for', async () => {
  const { code, out, err } = await runCli(['trigger', '--json'])
  expect({ code, err }).toEqual({ code: 2, err: '' })
  expect(JSON.parse(out)).toMatchObject({
    error: { code: 'usage', message: expect.stringContaining('event-type') },
  })
})

test('an environment with several mistakes lists all of them', async () => {
  const { code, err } = await runCli(['start'], { PORT: 'x', POSTHORN_TRUST_PROXY: '-1' })
  expect(code).toBe(2)
  expect(err).toMatch(/PORT is "x"\. Use a whole number/)
  expect(err).toMatch(/POSTHORN_TRUST_PROXY is "-1"\. Use a whole number/)
})

test('a server that is away is failure, not wrong usage, and has a stack only with --debug', async () => {
  const env = { POSTHORN_URL: 'http://127.0.0.1:1', POSTHORN_API_KEY: 'ph_x' }
  const args = ['listen', '--url', 'http://localhost:3000']
  const quiet = await runCli(args, env)
  expect(quiet.code).toBe(1)
  expect(quiet.err).toMatch(/^Error: No answer to GET http:\/\/127.0.0.1:1\/v1\/session: .+\n$/)
  expect((await runCli([...args, '--debug'], env)).err).toMatch(/\n {4}at .*\.ts/)
})

test('a database that is away is failure, with the reason', async () => {
  const { code, err } = await runCli(['keys', 'list'], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  })
  expect(code).toBe(1)
  expect(err).toMatch(/The database cannot be reached right now: .*ECONNREFUSED/)
})

test('--env-file fills in what is not set, and is not read unless it is named', async () => {
  const file = join(folder, 'settings.env')
  writeFileSync(file, 'POSTHORN_API_KEY=ph_x\nPOSTHORN_URL=nonsense\n')
  const { err } = await runCli(['trigger', 'IssueCreated', '--env-file', file])
  expect(err).toContain('--server is "nonsense"')
  const env = { POSTHORN_URL: 'http://127.0.0.1:1' }
  const set = await runCli(['listen', '--url', 'http://a', '--env-file', file], env)
  expect(set.err).toContain('http://127.0.0.1:1/v1/session')
  expect((await runCli(['trigger', 'IssueCreated'])).err).toContain('POSTHORN_API_KEY is not set')
})
