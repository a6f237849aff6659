// Whether package-lock.json pins every package by its content, and no script runs at installation that nobody allowed.
import { readFileSync } from 'node:fs'
import { lockfileFaults } from './lockfile-faults.ts'

const faults = lockfileFaults(
  JSON.parse(readFileSync('package-lock.json', 'utf8')),
  JSON.parse(readFileSync('package.json', 'utf8')).allowScripts,
)
for (const fault of faults) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
