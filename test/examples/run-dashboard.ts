import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { platformKey } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { freePort } from '../support/free-port.ts'

const program = fileURLToPath(new URL('../../examples/dashboard/start.ts', import.meta.url))
const startMaxMs = 60_000

export interface RunningDashboard {
  url: string
  /** As an operator stops it. @returns its exit code */
  stop(): Promise<number | null>
  /** As the kernel does when memory is short: every process of it, at once. */
  kill(): Promise<void>
}

/** The built example as `npm run example:dashboard` starts it, on the given database. */
export async function runDashboard(databaseUrl: string, port?: number): Promise<RunningDashboard> {
  const chosen = port ?? (await freePort())
  const url = `http://127.0.0.1:${chosen}`
  const child = spawn(process.execPath, ['--conditions=posthorn-source', program], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(chosen),
      DATABASE_URL: databaseUrl,
      POSTHORN_API_KEY: platformKey,
      POSTHORN_ENCRYPTION_KEYS: encryptionKeys.join(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that it can be killed with the server that it started.
    detached: true,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk))
  const exited = once(child, 'exit') as Promise<[number | null]>

  const deadline = Date.now() + startMaxMs
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The dashboard did not start:\n${log}`)
    await delay(100)
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    async kill() {
      if (child.exitCode !== null || child.pid === undefined) return
      process.kill(-child.pid, 'SIGKILL')
      await exited
    },
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/posthorn/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
