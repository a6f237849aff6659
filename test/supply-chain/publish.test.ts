import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'

const script = resolve('.ci/publish.ts')
const folders: string[] = []
let folder: string

/** A repository with the three packages, committed. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-publish-'))
  folders.push(folder)
  for (const name of ['sdk', 'server', 'admin-ui']) write(name, '1.0.0')
  git('init', '--quiet')
  commit()
})

afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

function write(name: string, version: string, more: object = {}) {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, version, ...more }))
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: folder })

function commit() {
  git('add', '--all')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'all')
}

/** What the script says before it gives up; none of these gets as far as building. */
function publish(args: string[] = [], env: Record<string, string> = {}) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })
  expect(status).toBe(1)
  return stderr + stdout
}

const identity = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example.com/token' }

test('what is not committed is not published, not even to try', () => {
  writeFileSync(join(folder, 'stray.txt'), '')
  expect(publish([], identity)).toContain('the working tree differs')
  expect(publish(['--dry-run'])).toContain('stray.txt')
})

test('without an identity of CI nothing is published', () => {
  expect(publish()).toContain('provenance needs the identity')
})

test('packages that do not say where their sources are have no provenance', () => {
  expect(publish([], identity)).toContain('provenance names the repository')
})

test('packages of several versions are not published', () => {
  write('sdk', '1.0.1')
  commit()
  expect(publish(['--dry-run'])).toContain('several versions: 1.0.1, 1.0.0')
})

test('what is published was checked and built, has provenance, and runs no script of its own', () => {
  for (const name of ['sdk', 'server', 'admin-ui']) write(name, '1.0.0', { repository: 'a/b' })
  commit()
  const programs = mkdtempSync(join(tmpdir(), 'posthorn-programs-'))
  folders.push(programs)
  for (const name of ['node', 'npm']) {
    writeFileSync(join(programs, name), `#!/bin/sh\necho "> ${name} $*"\n`, { mode: 0o755 })
  }
  const env = { PATH: `${programs}:${process.env['PATH']}`, ...identity }
  const out = execFileSync(process.execPath, [script], { cwd: folder, encoding: 'utf8', env })
  const publishing = (name: string) =>
    `> npm publish --workspace ${name} --access public --ignore-scripts --provenance`
  expect(out.split('\n').filter((line) => line.startsWith('> '))).toEqual([
    '> node .ci/check-lockfile.ts',
    '> npm run build',
    ...['sdk', 'server', 'admin-ui'].map((name) => `> node .ci/check-package.ts ${name}`),
    ...['sdk', 'server', 'admin-ui'].map(publishing),
  ])
})
