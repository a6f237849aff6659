// Builds the console when it is missing or older than its sources, so that nobody has to think of it.
// With `library` it builds what other pages embed instead.
import { execFileSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const [result, config] =
  process.argv[2] === 'library'
    ? ['admin-ui/library/dist/react.js', 'library/vite.config.ts']
    : ['admin-ui/dist/index.html', 'vite.config.ts']

const changedAt = (path: string) => statSync(path).mtimeMs
const built = statSync(result, { throwIfNoEntry: false })?.mtimeMs ?? 0
const sources = globSync([
  `admin-ui/{index.html,package.json,${config}}`,
  'admin-ui/{src,public}/**/*',
  'sdk/src/**/*.ts',
])

if (sources.some((path) => changedAt(path) > built)) {
  execFileSync('vite', ['build', '--config', config, '--logLevel=warn'], {
    cwd: 'admin-ui',
    stdio: 'inherit',
    // Tests build it, too, and what they build is used after them.
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
