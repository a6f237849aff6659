// The dashboard, on a PostgreSQL of its own or on that of DATABASE_URL. From a clone: npm run example:dashboard
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@posthorn/server/embedded-postgres'
import { prepareDatabase } from './setup/database.ts'

const port = process.env['PORT'] ?? '3000'
const url = `http://127.0.0.1:${port}`
const dataDir = join(import.meta.dirname, '.posthorn')

const bin = createRequire(import.meta.url).resolve('next/dist/bin/next')

const { DATABASE_URL, POSTHORN_API_KEY, POSTHORN_ENCRYPTION_KEYS } = process.env
const postgres = DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataDir })
const databaseUrl = DATABASE_URL ?? postgres?.url ?? ''
await prepareDatabase(databaseUrl)

const next = spawn(
  process.execPath,
  [...process.execArgv, bin, 'start', '-H', '127.0.0.1', '-p', port],
  {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DASHBOARD_URL: url,
      DASHBOARD_LOCAL_RECEIVERS: 'true',
      POSTHORN_API_KEY: POSTHORN_API_KEY ?? (await kept('api-key', newApiKey)),
      POSTHORN_ENCRYPTION_KEYS:
        POSTHORN_ENCRYPTION_KEYS ?? (await kept('encryption-key', newEncryptionKey)),
      // posthorn/run.ts handles the signals.
      NEXT_MANUAL_SIG_HANDLE: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  },
)
// Ctrl-C reaches it by itself; a second one does no harm.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => next.kill(signal))
const [status] = await once(next, 'exit')
await postgres?.stop({ unlessUsed: true })
process.exitCode = status ?? 1

function newApiKey(): string {
  return `ph_${randomBytes(6).toString('hex')}_${randomBytes(22).toString('hex').slice(1)}`
}

/** As `posthorn encryption new-key` makes one. */
function newEncryptionKey(): string {
  return `dashboard:${randomBytes(32).toString('base64')}`
}

/** A secret that is made at the first start. */
async function kept(name: string, make: () => string): Promise<string> {
  const path = join(dataDir, name)
  try {
    return await readFile(path, 'utf8')
  } catch {
    const secret = make()
    await mkdir(dataDir, { recursive: true })
    await writeFile(path, secret, { mode: 0o600 })
    return secret
  }
}
