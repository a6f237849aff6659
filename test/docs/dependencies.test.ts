import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Names = Record<string, string> | undefined

interface Manifest {
  dependencies?: Names
  optionalDependencies?: Names
  peerDependencies?: Names
  devDependencies?: Names
}

const page = readFileSync('docs/dependencies.md', 'utf8')

/** Rows of the table below a heading: the packages in the first cell, the reason in the second. */
function listed(heading: string): { name: string; reason: string }[] {
  const [, section = ''] = page.split(`## \`${heading}\`\n`)
  const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| (`.*?`) *\| (.*?) *\|$/gm)
  return [...rows].flatMap(([, names = '', reason = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, reason })),
  )
}

/** Tools that leave nothing in the built console. */
const isTool = (name: string) => /^@types\/|^vite$|^@vitejs\//.test(name)

test.for(['server', 'sdk', 'admin-ui'])(
  'every package that comes with %s has its reason, and none is listed that is gone',
  (workspace) => {
    const manifest: Manifest = JSON.parse(readFileSync(`${workspace}/package.json`, 'utf8'))
    const bundled = workspace === 'admin-ui' ? Object.keys(manifest.devDependencies ?? {}) : []
    const needed = new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.optionalDependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
      ...bundled.filter((name) => !isTool(name)),
    ])
    const rows = listed(`@posthorn/${workspace}`)
    expect(rows.map(({ name }) => name).sort()).toEqual([...needed].sort())
    for (const { name, reason } of rows) expect(reason.length, name).toBeGreaterThan(4)
  },
)
