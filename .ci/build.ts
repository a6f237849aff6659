// Builds what is published: sdk/dist, admin-ui/library/dist, and server/dist with everything the server reads
// at run time beside it, the console of admin-ui/dist included.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'

function run(command: string, args: string[], cwd = '.') {
  console.log(`${command} ${args.join(' ')}`)
  execFileSync(command, args, { cwd, stdio: 'inherit' })
}

for (const old of [
  'sdk/dist',
  'admin-ui/dist',
  'admin-ui/library/dist',
  'server/dist',
  'server/drizzle',
  'server/admin-ui',
]) {
  rmSync(old, { recursive: true, force: true })
}

run('tsc', ['-p', 'sdk'])
run('vite', ['build'], 'admin-ui')
run('vite', ['build', '--config', 'library/vite.config.ts'], 'admin-ui')
run('node', ['.ci/declare-library.ts'])
run('tsc', ['-p', 'server'])
chmodSync('server/dist/cli/main.js', 0o755)

// server/dist/<room>/x.js finds these by '../../drizzle' and '../../admin-ui/dist', as
// server/<room>/x.ts does in the repository.
cpSync('drizzle', 'server/drizzle', {
  recursive: true,
  filter: (path) => !/config\.ts$|_snapshot\.json$/.test(path),
})
cpSync('admin-ui/dist', 'server/admin-ui/dist', { recursive: true })
for (const published of ['sdk', 'server', 'admin-ui']) cpSync('LICENSE', `${published}/LICENSE`)

listParts('sdk', 'sdk/dist')
listParts('server', 'server/dist')
// What the console is made of is inside its files, so what npm calls its dev dependencies counts.
listParts('admin-ui', 'admin-ui/library/dist', [])
cpSync('admin-ui/library/dist/sbom.cdx.json', 'server/admin-ui/sbom.cdx.json')

/** A bill of materials (CycloneDX) beside what is published. */
function listParts(workspace: string, folder: string, omitted = ['--omit=dev']) {
  const args = ['sbom', '--sbom-format=cyclonedx', `--workspace=${workspace}`, ...omitted]
  console.log(`npm ${args.join(' ')}`)
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  writeFileSync(`${folder}/sbom.cdx.json`, execFileSync('npm', args, options))
}
