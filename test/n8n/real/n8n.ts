import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Program, startProgram } from '../../faults/program.ts'
import { freePort } from '../../support/free-port.ts'
import { installN8n, installNodes, run } from './installation.ts'
import type { Workflow } from './workflows.ts'

export interface Credential {
  id: string
  name: string
  type: string
  data: Record<string, string>
}

export interface Execution {
  id: string
  status: string
  data: { resultData: { lastNodeExecuted: string; runData: Record<string, unknown> } }
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
type Body = any

const owner = {
  email: 'ann@example.com',
  firstName: 'Ann',
  lastName: 'Owner',
  password: 'Secret1234',
}

/** The real n8n, with a folder of its own and our nodes in it. It is started by `start`. */
export async function createN8n() {
  const installation = await installN8n()
  const userFolder = await mkdtemp(join(tmpdir(), 'posthorn-n8n-'))
  await installNodes(installation, userFolder)
  const path = join(installation, 'node_modules/n8n/bin/n8n')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...environment(userFolder, port), N8N_RUNNERS_BROKER_PORT: `${await freePort()}` }
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  let program: Program | undefined

  /** A command of n8n, while it is stopped. */
  const command = (...args: string[]) =>
    run(process.execPath, [path, ...args], userFolder, { ...process.env, ...env })

  async function importAll(kind: 'credentials' | 'workflow', things: object[]): Promise<void> {
    const file = join(userFolder, `${kind}.json`)
    await writeFile(file, JSON.stringify(things))
    await command(`import:${kind}`, `--input=${file}`)
  }

  async function call(method: string, path: string, body?: object): Promise<Body> {
    const init =
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await fetch(url + path, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    const { cookie } = headers
    if (!cookie)
      headers['cookie'] = response.headers
        .getSetCookie()
        .map((set) => set.split(';')[0])
        .join('; ')
    return JSON.parse(text)
  }

  return {
    url,
    call,
    async import(credentials: Credential[], workflows: Workflow[]): Promise<void> {
      await importAll('credentials', credentials)
      await importAll('workflow', workflows)
      for (const { id } of workflows) await command('publish:workflow', `--id=${id}`)
    },
    async start(): Promise<void> {
      program = await startProgram({
        name: 'n8n',
        path,
        args: ['start'],
        env,
        ready: /Editor is now accessible via/,
      })
    },
    async stop(): Promise<void> {
      await program?.end('SIGTERM')
    },
    /** The first user, and a key for the public API. */
    async signUp(): Promise<void> {
      await call('POST', '/rest/owner/setup', owner)
      const scopes = [
        'workflow:activate',
        'workflow:deactivate',
        'execution:read',
        'execution:list',
      ]
      const key = { label: 'test', expiresAt: null, scopes }
      headers['x-n8n-api-key'] = (await call('POST', '/rest/api-keys', key)).data.rawApiKey
    },
    /** Of a workflow, newest first. */
    async executions(workflowId: string): Promise<Execution[]> {
      const query = `workflowId=${workflowId}&includeData=true&limit=100`
      return (await call('GET', `/api/v1/executions?${query}`)).data
    },
    async close(): Promise<void> {
      await program?.end('SIGKILL')
      await rm(userFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Nothing of it goes outside of this machine. */
function environment(userFolder: string, port: number): Record<string, string> {
  return {
    // vitest's own would have n8n think that it is being tested by itself.
    NODE_ENV: 'production',
    N8N_USER_FOLDER: userFolder,
    DB_TYPE: 'sqlite',
    N8N_HOST: '127.0.0.1',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_AI_ENABLED: 'false',
    N8N_PYTHON_ENABLED: 'false',
    N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
    N8N_SECURE_COOKIE: 'false',
    NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
  }
}
