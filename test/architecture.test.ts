import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorCatalogue } from '../server/kernel/errors.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const floorPlanPath = join(root, '.ci/dependency-cruiser.mjs')

interface FloorPlan {
  corridor: string[]
  program: string
  default: { forbidden: { name: string }[] }
}
const floorPlan: FloorPlan = await import(pathToFileURL(floorPlanPath).href)

interface Cruise {
  modules: { source: string }[]
  summary: {
    totalCruised: number
    totalDependenciesCruised: number
    violations: { from: string; to: string; rule: { name: string } }[]
  }
  /** `rule: from → to` */
  violations: string[]
}

/** What `npm run check` runs, in the repository or in a planted tree. */
function cruise(directory: string): Cruise {
  const { stdout, stderr } = runTool(
    'depcruise',
    ['--config', floorPlanPath, '-T', 'json', 'server', 'sdk/src', 'admin-ui', 'examples'],
    directory,
  )
  if (!stdout) throw new Error(stderr)
  const result: Pick<Cruise, 'modules' | 'summary'> = JSON.parse(stdout)
  const violations = result.summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  )
  return { ...result, violations }
}

function runTool(name: string, args: string[], cwd: string) {
  return spawnSync(process.execPath, [join(root, 'node_modules/.bin', name), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
}

/** Our files that match, as paths from the repository's root with forward slashes. */
function filesOf(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, exclude: ['**/node_modules', '**/dist'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

const planted: string[] = []

/** A tree of its own with the house's settings, so that a rule can be seen to bite. */
function plantTree(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-architecture-'))
  planted.push(directory)
  const packages = ['hono', '@hono/zod-openapi', 'zod', 'postgres'].map((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ])
  const all: Record<string, string> = {
    'package.json': '{ "type": "module" }',
    'sdk/package.json': readFileSync(join(root, 'sdk/package.json'), 'utf8'),
    'admin-ui/src/main.ts': '',
    'admin-ui/src/deliveries/page.ts': '',
    'examples/demo/main.ts': '',
    ...Object.fromEntries(packages.flat()),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  for (const shared of ['.ci', 'tsconfig.json', '.gitignore']) {
    cpSync(join(root, shared), join(directory, shared), { recursive: true })
  }
  mkdirSync(join(directory, 'node_modules/@posthorn'))
  symlinkSync('../../sdk', join(directory, 'node_modules/@posthorn/sdk'))
  return directory
}

afterAll(() => {
  for (const directory of planted) rmSync(directory, { recursive: true, force: true })
})

/** The furniture every room may have, each piece with all it is allowed to import. */
function lawfulHouse(): Record<string, string> {
  const files: Record<string, string> = {
    'server/options.ts': `import './kernel/index.ts'\nimport './database/index.ts'`,
    'server/context.ts': `import './options.ts'\nimport './database/sql.ts'`,
    'server/app.ts': `import 'hono'\nimport './context.ts'`,
    'server/create-posthorn.ts': `import './app.ts'\nimport './access/index.ts'`,
    'server/index.ts': `export type { A } from './create-posthorn.ts'`,
    'server/env.ts': `import './options.ts'`,
    'server/cli/main.ts': `import '../env.ts'\nimport '../index.ts'\nimport '@posthorn/sdk'`,
    'server/database/sql.ts': `import 'postgres'`,
    'server/access/routes-middleware.ts': `import 'hono'`,
    'sdk/src/index.ts': '',
    'sdk/src/webhooks.ts': '',
    'admin-ui/src/main.ts': `import '@posthorn/sdk'`,
    'examples/demo/main.ts': `import '@posthorn/sdk/webhooks'\nimport '../../server/index.ts'`,
  }
  for (const [position, room] of floorPlan.corridor.entries()) {
    const left = position > 3 ? floorPlan.corridor[position - 1] : undefined
    const from = (file: string) => (left ? `import '../${left}/${file}.ts'\n` : '')
    files[`server/${room}/index.ts`] = `${from('index')}export type { T } from './tables.ts'`
    files[`server/${room}/tables.ts`] = from('tables')
    files[`server/${room}/schemas.ts`] =
      `${from('schemas')}import '@hono/zod-openapi'\nimport 'zod'`
    if (position < 2) continue
    files[`server/${room}/verb.ts`] =
      `${from('index')}import '../context.ts'\nimport '../database/sql.ts'`
    files[`server/${room}/routes.ts`] = `import 'hono'\nimport './schemas.ts'\nimport './verb.ts'`
    files['server/app.ts'] += `\nimport './${room}/routes.ts'`
  }
  return files
}

/** One file per way of breaking in: its text, and the rule that must name it. */
function breakIns(): [file: string, rule: string, text: string][] {
  const { corridor } = floorPlan
  return [
    ...corridor
      .slice(0, -1)
      .map((room, position): [string, string, string] => [
        `server/${room}/wrong-direction.ts`,
        `${room}-looks-left`,
        `import type { T } from '../${corridor[position + 1]}/index.ts'`,
      ]),
    ['server/options.ts', 'options-looks-left', `import './context.ts'`],
    ['server/context.ts', 'context-looks-left', `import './app.ts'`],
    ['server/create-context.ts', 'create-context-looks-left', `import './app.ts'`],
    ['server/app.ts', 'app-looks-left', `import './create-posthorn.ts'`],
    ['server/create-posthorn.ts', 'create-posthorn-looks-left', `import './index.ts'`],
    ['server/drain-on-signals.ts', 'drain-on-signals-looks-left', `import './index.ts'`],
    ['server/index.ts', 'index-looks-left', `import './env.ts'`],
    ['server/index.ts', 'top-enters-by-the-door', `import './events/verb.ts'`],
    ['server/env.ts', 'nothing-needs-the-program', `import './cli/main.ts'`],
    ['server/cli/deep.ts', 'program-speaks-through-the-sdk', `import '../../sdk/src/other.ts'`],
    ['server/context.ts', 'context-is-low', `import './access/index.ts'`],
    ['server/kernel/curious.ts', 'kernel-is-alone', `import '../options.ts'`],
    ['server/events/configured.ts', 'only-the-program-reads-the-environment', `import '../env.ts'`],
    ['server/events/upwards.ts', 'rooms-know-two-top-files', `import '../create-posthorn.ts'`],
    ['server/events/side-door.ts', 'enter-by-the-door', `import '../access/verb.ts'`],
    ['server/events/side-tables.ts', 'enter-by-the-door', `import '../access/tables.ts'`],
    ['server/events/tables.ts', 'tables-enter-by-tables', `import '../access/verb.ts'`],
    ['server/app.ts', 'app-mounts-routes', `import './events/verb.ts'`],
    ['server/events/schemas.ts', 'schemas-are-plain', `import './verb.ts'`],
    ['server/events/verb.ts', 'only-the-edge-knows-http', `import type { Context } from 'hono'`],
    ['server/access/verb.ts', 'only-the-edge-knows-http', `import 'hono'`],
    ['server/events/queries.ts', 'only-database-knows-the-driver', `import 'postgres'`],
    ['server/events/here.ts', 'no-cycles', `import type { T } from './there.ts'`],
    ['server/events/lost.ts', 'no-unresolved', `import './nowhere.ts'`],
    ['server/http/console.ts', 'server-stands-alone', `import '../../admin-ui/src/main.ts'`],
    ['server/http/client.ts', 'server-stands-alone', `import '../../sdk/src/other.ts'`],
    ['sdk/src/borrowed.ts', 'sdk-stands-alone', `import '../../server/index.ts'`],
    ['admin-ui/src/ui/part.ts', 'kits-know-no-page', `import '../deliveries/page.ts'`],
    ['admin-ui/src/server.ts', 'console-speaks-through-the-sdk', `import '../../server/index.ts'`],
    ['admin-ui/src/deep.ts', 'console-speaks-through-the-sdk', `import '../../sdk/src/other.ts'`],
    ['examples/demo/deep.ts', 'examples-are-strangers', `import '../../server/app.ts'`],
  ]
}

describe('the floor plan', () => {
  test('the cruise sees every source file and finds nothing wrong', () => {
    const { modules, summary, violations } = cruise(root)
    const seen = modules.map(({ source }) => source)
    expect(seen).toEqual(
      expect.arrayContaining(
        filesOf('server/**/*.ts', 'sdk/src/**/*.ts', 'admin-ui/src/**/*.{ts,tsx}'),
      ),
    )
    expect(summary.totalCruised).toBeGreaterThan(0)
    expect(summary.totalDependenciesCruised).toBeGreaterThan(0)
    expect(violations).toEqual([])
  })

  test('every folder of server/ has its place in the corridor', () => {
    // What the build and npm leave there.
    const built = ['dist', 'drizzle', 'admin-ui', 'node_modules']
    const folders = readdirSync(join(root, 'server'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !built.includes(entry.name))
      .map(({ name }) => name)
    expect(folders.sort()).toEqual([...floorPlan.corridor, floorPlan.program].sort())
  })

  test('a house in order passes', () => {
    const { summary, violations } = cruise(plantTree(lawfulHouse()))
    expect(summary.totalDependenciesCruised).toBeGreaterThan(50)
    expect(violations).toEqual([])
  })

  describe('with every rule broken once', () => {
    let found: string[]
    beforeAll(() => {
      const files = lawfulHouse()
      files['sdk/src/other.ts'] = ''
      files['server/events/there.ts'] = `import type { T } from './here.ts'`
      for (const [file, , text] of breakIns()) files[file] = `${files[file] ?? ''}\n${text}`
      found = cruise(plantTree(files)).violations
    })

    test.for(breakIns())('%s is caught by %s', ([file, rule]) => {
      expect(found).toContainEqual(expect.stringMatching(`^${rule}: ${file} `))
    })

    test('no rule is left without something that breaks it', () => {
      const rules = floorPlan.default.forbidden.map(({ name }) => name)
      const broken = breakIns().map(([, rule]) => rule)
      expect(rules.filter((rule) => !broken.includes(rule))).toEqual([])
    })
  })
})

describe('the linter', () => {
  const offences: [file: string, rule: string, text: string][] = [
    ['server/events/clock.ts', 'plugin', 'export const now = Date.now()'],
    ['server/events/date.ts', 'plugin', 'export const now = new Date()'],
    ['server/events/dice.ts', 'plugin', 'export const chance = Math.random()'],
    ['server/events/env.ts', 'plugin', "export const home = process.env['HOME']"],
    ['server/events/exit.ts', 'plugin', 'process.exit(1)'],
    ['server/events/signal.ts', 'plugin', "process.once('SIGTERM', () => {})"],
    ['server/events/print.ts', 'lint/suspicious/noConsole', "console.log('')"],
    ['server/events/loose.ts', 'lint/suspicious/noExplicitAny', 'export const x: any = 1'],
    [
      'server/events/floating.ts',
      'lint/nursery/noFloatingPromises',
      'async function send() {}\nsend()',
    ],
    [
      'server/events/extension.ts',
      'lint/correctness/useImportExtensions',
      "export { x } from './loose'",
    ],
    [
      'server/events/this-way.ts',
      'lint/suspicious/noImportCycles',
      "import { b } from './that-way.ts'\nexport const a = b",
    ],
    [
      'server/events/that-way.ts',
      'lint/suspicious/noImportCycles',
      "import type { a } from './this-way.ts'\nexport const b: typeof a = 1",
    ],
    ['server/events/everything.ts', 'lint/performance/noReExportAll', "export * from './loose.ts'"],
    ['server/events/camelCase.ts', 'lint/style/useFilenamingConvention', ''],
    ['server/events/format.ts', 'format', 'export const x = "double";'],
    [
      'server/events/order.ts',
      'assist/source/organizeImports',
      "import { z } from './z.ts'\nimport { a } from './a.ts'\nexport { a, z }",
    ],
  ]
  const lawful = {
    'server/kernel/clock.ts': 'export const now = () => Date.now()\n',
    'server/kernel/ids.ts': 'export const chance = () => Math.random()\n',
    'server/cli/main.ts': "console.log(process.env['HOME'])\nprocess.exit(1)\n",
    'server/events/given.ts': 'export const at = (ms: number) => new Date(ms)\n',
    'bench/main.ts': 'console.log(Date.now())\n',
    'sdk/src/generated/types.ts': 'export type Loose = any;',
  }
  let report: string
  beforeAll(() => {
    const files = Object.fromEntries(offences.map(([file, , text]) => [file, `${text}\n`]))
    const { stdout, stderr } = runTool(
      'biome',
      ['ci', '--config-path=.ci/lint.jsonc', '--colors=off', '--max-diagnostics=none'],
      plantTree({ ...lawful, ...files }),
    )
    report = stdout + stderr
  })

  test.for(offences)('%s is caught by %s', ([file, rule]) => {
    // A headline of the report: file, perhaps a position, rule.
    const headlines = report.split('\n').filter((line) => line.startsWith(file))
    expect(headlines.map((line) => line.split(/\s+/)[1])).toContain(rule)
  })

  test.for(Object.keys(lawful))('%s is let through', (file) => {
    expect(report.split('\n').filter((line) => line.startsWith(file))).toEqual([])
  })
})

describe('the sources', () => {
  test('only kernel/ reads the clock and the dice, and nobody excuses himself', () => {
    const reads =
      /\bDate\.now\b|\bnew Date(?:\(\s*\)|\s*$)|\bMath\.random\b|biome-ignore lint\/plugin/
    const comment = /^\s*(?:\*|\/\*|\/\/(?! biome-ignore))/
    const found = filesOf('server/**/*.ts')
      .filter((file) => !['server/kernel/clock.ts', 'server/kernel/ids.ts'].includes(file))
      .flatMap((file) =>
        readFileSync(join(root, file), 'utf8')
          .split('\n')
          .filter((line) => reads.test(line) && !comment.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      )
    expect(found).toEqual([])
  })

  test('no error code is defined twice, and all are lower snake case', async () => {
    // defineErrors throws at the second definition, so loading every room is the test.
    const files = filesOf('server/**/*.ts').filter((file) =>
      /\bdefineErrors\(/.test(readFileSync(join(root, file), 'utf8')),
    )
    for (const file of files) await import(pathToFileURL(resolve(root, file)).href)
    expect(files.length).toBeGreaterThan(1)
    for (const [code, { status, title }] of errorCatalogue) {
      expect(code).toMatch(/^[a-z]+(?:_[a-z0-9]+)*$/)
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(title, code).not.toBe('')
    }
  })

  test('the top level is the fixed list', () => {
    const tracked = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const names = new Set(tracked.split('\0').flatMap((path) => path.split('/')[0] || []))
    expect([...names].sort()).toEqual(
      [
        ...['package.json', 'package-lock.json', 'tsconfig.json', 'openapi.yaml', '.gitignore'],
        ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE'],
        ...['server', 'sdk', 'admin-ui', 'drizzle', 'test', '.ci', 'docs', 'examples', 'bench'],
      ].sort(),
    )
  })
})

describe('the tests', () => {
  test.for(filesOf('test/**/*.{test,test-d}.ts'))('%s names each of its tests once', (file) => {
    expect(repeatedTestNames(file, readFileSync(join(root, file), 'utf8'))).toEqual([])
  })

  test('a name used twice in one file is found, a name of another group is not', () => {
    const source = `
      test('a', () => {})
      describe('group', () => { test('a', () => {}); it.skip('a', () => {}) })
      describe('other', () => { test.for([1])('a', () => {}) })
    `
    expect(repeatedTestNames('planted.test.ts', source)).toEqual(['group > a'])
  })
})

function repeatedTestNames(file: string, text: string): string[] {
  const seen = new Set<string>()
  const repeated: string[] = []
  const visit = (node: ts.Node, group: string[]) => {
    const called = ts.isCallExpression(node) ? calledName(node) : undefined
    const [title] = ts.isCallExpression(node) ? node.arguments : []
    const path = called && title && ts.isStringLiteralLike(title) ? [...group, title.text] : group
    if (called !== 'describe' && path !== group) {
      const name = path.join(' > ')
      if (seen.has(name)) repeated.push(name)
      seen.add(name)
    }
    ts.forEachChild(node, (child) => visit(child, path))
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), [])
  return repeated
}

/** `test`, `it` or `describe` behind `test(…)`, `test.skip(…)` and `test.for(…)(…)`. */
function calledName({ expression }: ts.CallExpression): string | undefined {
  let callee: ts.Expression = expression
  while (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) {
    callee = callee.expression
  }
  const name = ts.isIdentifier(callee) ? callee.text : undefined
  return name && ['test', 'it', 'describe'].includes(name) ? name : undefined
}
