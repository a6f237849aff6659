// Publishes sdk, server and admin-ui, each with a statement of where and from what it was built (npm provenance):
//   node .ci/publish.ts              in CI, which has an identity to sign with
//   node .ci/publish.ts --dry-run    the same steps up to the registry
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

// The server needs the sdk, so that comes first.
const workspaces = ['sdk', 'server', 'admin-ui']
const isDryRun = process.argv.includes('--dry-run')

function refuse(reason: string): never {
  console.error(`Not published: ${reason}`)
  process.exit(1)
}

function run(command: string, args: string[]) {
  console.log(`${command} ${args.join(' ')}`)
  execFileSync(command, args, { stdio: 'inherit' })
}

const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' })
if (changed !== '') refuse(`the working tree differs from its commit.\n${changed}`)
// What CI signs the statement with; npm asks it for a token of the very run.
const hasIdentity =
  process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined ||
  process.env['SIGSTORE_ID_TOKEN'] !== undefined
if (!hasIdentity && !isDryRun) {
  refuse('provenance needs the identity of a CI run (id-token: write, or SIGSTORE_ID_TOKEN).')
}
const manifests: { name: string; version: string; repository?: unknown }[] = workspaces.map(
  (name) => JSON.parse(readFileSync(`${name}/package.json`, 'utf8')),
)
const versions = new Set(manifests.map(({ version }) => version))
if (versions.size !== 1) refuse(`the packages are of several versions: ${[...versions].join(', ')}`)
const homeless = manifests.filter(({ repository }) => repository === undefined)
if (homeless.length > 0 && !isDryRun) {
  const names = homeless.map(({ name }) => name).join(', ')
  refuse(`provenance names the repository, which package.json of ${names} does not.`)
}

run('node', ['.ci/check-lockfile.ts'])
run('npm', ['run', 'build'])
for (const name of workspaces) run('node', ['.ci/check-package.ts', name])
for (const name of workspaces) {
  run('npm', [
    ...['publish', '--workspace', name, '--access', 'public', '--ignore-scripts'],
    // What a registry would say of a rehearsal is not worth waiting for.
    ...(isDryRun ? ['--dry-run', '--fetch-retries=0'] : ['--provenance']),
  ])
}
