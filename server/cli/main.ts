#!/usr/bin/env -S node --max-semi-space-size=8 --
// Without the two dashes node would take --env-file for an option of its own, wherever it stands.
import { run } from './program.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => stop.abort(new DOMException(`Stopped by ${signal}`, 'AbortError')))

// Whoever read the output has gone.
process.stdout.on('error', () => process.exit())

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  isColoured: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  signal: stop.signal,
})
// Not before everything is written.
process.stdout.write('', () => process.exit())
