import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const startMaxMs = 60_000
const logTail = 4000

export interface RunningServer {
  url: string
  /** An admin key of the platform. */
  apiKey: string
  /** Asks it to finish, waits until it did, and removes its data. */
  stop(): Promise<void>
}

/** Starts Posthorn as an operator would: a process of its own, with an embedded Postgres in a temporary folder. */
export async function startServer(): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'posthorn-demo-'))
  const apiKey = `ph_${base62(12)}_${base62(43)}`
  // Not DATABASE_URL: a demo must not write into a database that somebody needs.
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    [
      '--conditions=posthorn-source',
      fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url)),
      'start',
    ],
    {
      env: {
        ...env,
        HOST: '127.0.0.1',
        PORT: '0',
        POSTHORN_LOG_LEVEL: 'warn',
        POSTHORN_DATA_DIR: dataDir,
        POSTHORN_BOOTSTRAP_API_KEY: apiKey,
        POSTHORN_ALLOW_HTTP: 'true',
        POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
        POSTHORN_RETRY_SCHEDULE_SECONDS: '1,2,4',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let welcome = ''
  let log = ''
  child.stdout.on('data', (chunk) => (welcome += chunk))
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-logTail)))
  const exited = once(child, 'exit')

  async function stop(): Promise<void> {
    child.kill('SIGTERM')
    await exited
    await rm(dataDir, { recursive: true, force: true })
  }

  try {
    const url = await waitUntil(() => /^Posthorn\s+(http\S+)/m.exec(welcome)?.[1])
    await waitUntil(async () => (await fetch(`${url}/readyz`)).ok || undefined)
    return { url, apiKey, stop }
  } catch (error) {
    await stop()
    throw new Error(`The server did not start: ${(error as Error).message}\n${log}`)
  }

  async function waitUntil<Value>(look: () => Value | undefined | Promise<Value | undefined>) {
    const deadline = Date.now() + startMaxMs
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}.`)
      const value = await look()
      if (value !== undefined) return value
      await sleep(50)
    }
    throw new Error(`it was not ready within ${startMaxMs / 1000} s.`)
  }
}

function base62(length: number): string {
  const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('')
}
