import { run } from '../../server/cli/program.ts'

export interface CliRun {
  /** What it has printed so far. */
  out: () => string
  err: () => string
  /** As Ctrl-C does. */
  stop(): void
  /** Its exit code, when it has ended. */
  ended: Promise<number>
}

/** Runs a command line of `posthorn` in this process. */
export function startCli(args: readonly string[], env: Record<string, string> = {}): CliRun {
  let [out, err] = ['', '']
  const stop = new AbortController()
  const ended = run(args, {
    env,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isTerminal: false,
    signal: stop.signal,
  })
  return { out: () => out, err: () => err, stop: () => stop.abort(), ended }
}

/** The same to its end. */
export async function runCli(args: readonly string[], env: Record<string, string> = {}) {
  const cli = startCli(args, env)
  const code = await cli.ended
  return { code, out: cli.out(), err: cli.err() }
}
