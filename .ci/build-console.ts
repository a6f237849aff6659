// Builds the console when it is missing or older than its sources, so that nobody has to think of it.
import { execFileSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const changedAt = (path: string) => statSync(path).mtimeMs
const built = statSync('admin-ui/dist/index.html', { throwIfNoEntry: false })?.mtimeMs ?? 0
const sources = globSync([
  'admin-ui/{index.html,package.json,vite.config.ts}',
  'admin-ui/{src,public}/**/*',
  'sdk/src/**/*.ts',
])

if (sources.some((path) => changedAt(path) > built)) {
  execFileSync('vite', ['build', '--logLevel=warn'], { cwd: 'admin-ui', stdio: 'inherit' })
}
