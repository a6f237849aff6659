import { Writable } from 'node:stream'
import { progress } from '@clack/prompts'
import type { ImportProgress } from '../imports/index.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Io } from './io.ts'

const lineEveryMs = 5000

export interface ProgressView {
  update(state: ImportProgress): void
  /** Leaves the terminal as it was. */
  end(): void
}

/** A bar where somebody watches, otherwise a line every few seconds. */
export function showProgress(io: Io): ProgressView {
  return io.isTerminal ? bar(io) : lines(io)
}

function bar(io: Io): ProgressView {
  let view: ReturnType<typeof progress> | undefined
  let last: ImportProgress | undefined
  const output = new Writable({
    write(chunk, _encoding, done) {
      io.err(String(chunk))
      done()
    },
  })
  return {
    update(state) {
      if (!view) {
        view = progress({ max: Math.max(1, state.rows), output })
        view.start(describe(state))
      }
      view.advance(state.read - (last?.read ?? 0), describe(state))
      last = { ...state }
    },
    end: () => view?.stop(last && describe(last)),
  }
}

function lines(io: Io): ProgressView {
  let saidAtMs = systemClock.monotonicMs()
  return {
    update(state) {
      const nowMs = systemClock.monotonicMs()
      if (nowMs - saidAtMs < lineEveryMs) return
      saidAtMs = nowMs
      io.err(`${describe(state)}\n`)
    },
    end: () => undefined,
  }
}

function describe({ rows, read, imported, reached }: ImportProgress): string {
  const day = reached === null ? '' : `, reached ${reached.slice(0, 19)}`
  return `${read} of ${rows} rows read, ${imported} new events${day}`
}
