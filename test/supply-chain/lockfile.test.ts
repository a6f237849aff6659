import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Lockfile, lockfileFaults } from '../../.ci/lockfile-faults.ts'

const integrity = 'sha512-AAAA'
const faultsOf = (packages: Lockfile['packages']) => lockfileFaults({ packages }, { node: true })

test('every package of the lockfile is pinned by its content and comes from npm, and its scripts were decided on', () => {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const lockfile: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(500)
  expect(lockfileFaults(lockfile, allowScripts)).toEqual([])
})

test('a package without a hash, or with a weak one, is found', () => {
  expect(faultsOf({ 'node_modules/a': { version: '1.0.0' } })).toHaveLength(1)
  expect(faultsOf({ 'node_modules/a': { integrity: 'sha1-AAAA' } })).toHaveLength(1)
  expect(faultsOf({ 'node_modules/a': { integrity } })).toEqual([])
})

test.for([
  'https://registry.npmjs.org.example.com/a.tgz',
  'http://registry.npmjs.org/a.tgz',
  'git+ssh://git@github.com/a/a.git',
  'file:../a.tgz',
])('a package from %s is found', (resolved) => {
  expect(faultsOf({ 'node_modules/a': { integrity, resolved } })).toHaveLength(1)
})

test('a script at installation that nobody decided on is found, however deep the package lies', () => {
  const script = { integrity, hasInstallScript: true }
  expect(faultsOf({ 'node_modules/b/node_modules/@a/sly': script })).toHaveLength(1)
  expect(faultsOf({ 'node_modules/node': script })).toEqual([])
})

test('our own workspaces need no hash', () => {
  expect(faultsOf({ '': {}, sdk: {}, 'node_modules/@posthorn/sdk': { link: true } })).toEqual([])
})
