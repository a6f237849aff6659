import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const version = '2.41.1'
const nodes = 'examples/n8n/nodes'

/** Installs n8n unless it is there: minutes, and 2.9 GB. Returns its folder. */
export async function installN8n(): Promise<string> {
  const folder = resolve(process.env['N8N_TEST_DIR'] ?? '.posthorn/n8n')
  if (await isInstalled(folder)) return folder
  say(`installing n8n ${version} in ${folder}: this takes minutes`)
  await mkdir(folder, { recursive: true })
  const manifest = { name: 'n8n-to-test-with', private: true, dependencies: { n8n: version } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  // One of its packages compiles a Kafka client, which nothing here needs and few machines can. Only SQLite is built.
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder)
  await run('npm', ['rebuild', 'sqlite3'], folder)
  return folder
}

async function isInstalled(folder: string): Promise<boolean> {
  const manifest = join(folder, 'node_modules/n8n/package.json')
  const addon = join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node')
  if (!existsSync(manifest) || !existsSync(addon)) return false
  return JSON.parse(await readFile(manifest, 'utf8')).version === version
}

/** Compiles our nodes against the types of this n8n, and puts them where it looks for what was installed. */
export async function installNodes(folder: string, userFolder: string): Promise<void> {
  const build = join(folder, 'n8n-nodes-posthorn')
  await rm(build, { recursive: true, force: true })
  for (const part of ['package.json', 'tsconfig.json', 'src']) {
    await cp(join(nodes, part), join(build, part), { recursive: true })
  }
  await run(process.execPath, [resolve('node_modules/.bin/tsc')], build)
  const installed = join(userFolder, '.n8n/nodes/node_modules/n8n-nodes-posthorn')
  await cp(join(nodes, 'package.json'), join(installed, 'package.json'))
  await cp(join(nodes, 'icons'), join(installed, 'icons'), { recursive: true })
  await cp(join(build, 'dist'), join(installed, 'dist'), { recursive: true })
}

/** @throws Error with the command when it fails */
export async function run(
  command: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output = (output + chunk).slice(-4000)))
  }
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)
}

export function say(text: string): void {
  process.stdout.write(`n8n: ${text}\n`)
}
