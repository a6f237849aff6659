import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withLocalKey } from '../../server/cli/local-key.ts'
import { createPosthorn } from '../../server/index.ts'
import { newEncryptionKey } from '../../server/kernel/encryption-keys.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'posthorn-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

const database = 'postgres://nobody@127.0.0.1:1/none'

test('a server with a DATABASE_URL and no key does not start, and is told how to make one', async () => {
  const { code, err } = await runCli(['start'], { DATABASE_URL: database, PORT: '0' })
  expect(code).toBe(2)
  expect(err).toMatch(/encryptionKeys are not set.*posthorn encryption new-key/s)
})

test('the key that the command makes is one that a server takes; so is one in a file', async () => {
  const { out } = await runCli(['encryption', 'new-key'])
  const file = join(folder, 'keys')
  writeFileSync(file, `${out}${newEncryptionKey(0)}\n`)
  for (const env of [
    { POSTHORN_ENCRYPTION_KEYS: out.trim() },
    { POSTHORN_ENCRYPTION_KEYS_FILE: file },
  ]) {
    const { code, err } = await runCli(['start'], { DATABASE_URL: database, PORT: '0', ...env })
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('ECONNREFUSED') })
  }
})

test.each([
  ['a file that is missing', { POSTHORN_ENCRYPTION_KEYS_FILE: '/nowhere' }, /cannot be read/],
  [
    'a file beside the variable',
    { POSTHORN_ENCRYPTION_KEYS: 'a:b', POSTHORN_ENCRYPTION_KEYS_FILE: '/nowhere' },
    /both set/,
  ],
  ['a key that is too short', { POSTHORN_ENCRYPTION_KEYS: 'a:YWJj' }, /3 bytes instead of 32/],
])('%s is refused at the start', async (_what, env, expected) => {
  const { code, err } = await runCli(['start'], { DATABASE_URL: database, ...env })
  expect(code).toBe(2)
  expect(err).toMatch(expected)
})

test('the library refuses to go without keys, unless it is told to', async () => {
  expect(() => createPosthorn({ database })).toThrow(/encryptionKeys/)
  await createPosthorn({ database, allowPlaintextSecrets: true }).close()
  await createPosthorn({ database, encryptionKeys: [newEncryptionKey(0)] }).close()
})

test('beside an embedded database lies one key, for its owner only, however many ask for it', async () => {
  const asked = await Promise.all(
    Array.from({ length: 5 }, () =>
      withLocalKey<{ encryptionKeys?: readonly string[] }>({}, folder),
    ),
  )
  const keys = new Set(asked.flatMap(({ encryptionKeys = [] }) => encryptionKeys))
  expect(keys.size).toBe(1)
  expect(statSync(join(folder, 'encryption-key')).mode & 0o777).toBe(0o600)
})
