// Looks into the tarball that npm would publish: node .ci/check-package.ts server
// publint and attw see that the entries are well formed, this that what they need at run time is there.
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const contents: Record<string, string[]> = {
  'admin-ui': [
    'LICENSE',
    'library/dist/react.js',
    'library/dist/frame.js',
    'library/dist/sbom.cdx.json',
    'library/dist/types/react/props.d.ts',
    'library/dist/types/frame/mount-console.d.ts',
  ],
  sdk: [
    'LICENSE',
    'dist/index.js',
    'dist/sbom.cdx.json',
    'dist/built-in-events/index.js',
    'dist/emit/index.js',
    'dist/webhooks.js',
    'dist/prisma/index.js',
  ],
  server: [
    'LICENSE',
    'dist/index.js',
    'dist/sbom.cdx.json',
    'dist/cli/main.js',
    'drizzle/meta/_journal.json',
    'drizzle/0000_initial.sql',
    'admin-ui/dist/index.html',
    'admin-ui/sbom.cdx.json',
  ],
}

const folder = process.argv[2] ?? ''
const required = contents[folder]
if (!required) throw new Error(`Name one of: ${Object.keys(contents).join(', ')}`)

const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: folder,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
})
const [tarball]: { files: { path: string }[] }[] = JSON.parse(packed)
const paths = new Set(tarball?.files.map(({ path }) => path))

const missing = required.filter((path) => !paths.has(path))
if (missing.length > 0) throw new Error(`The package lacks ${missing.join(', ')}`)

// Importing does nothing, so doing it proves that every import of the build leads somewhere.
const program = 'dist/cli/main.js'
for (const entry of required.filter((path) => path.endsWith('.js') && path !== program)) {
  const exported = Object.keys(await import(pathToFileURL(resolve(folder, entry)).href))
  if (exported.length === 0) throw new Error(`${entry} exports nothing`)
  console.log(`${folder}/${entry} exports ${exported.join(', ')}`)
}
if (required.includes(program)) {
  const version = execFileSync(process.execPath, [program, '--version'], { cwd: folder })
  console.log(`${folder}/${program} is posthorn ${version}`.trim())
}
console.log(`${paths.size} files`)
