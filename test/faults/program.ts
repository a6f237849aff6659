import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const logLinesMax = 50_000

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  /** Whether the test brought it about. */
  expected: boolean
}

/** A TypeScript program as a process of its own, so that signals are real. */
export interface Program {
  name: string
  /** What the awaited line of its output said. */
  line: RegExpMatchArray
  pid: number
  /** Lines of standard error, the latest if there are too many. */
  log: string[]
  /** Null while it runs. */
  exit(): Exit | null
  signal(signal: NodeJS.Signals): void
  /** Signals, and resolves when the process has ended. */
  end(signal: NodeJS.Signals): Promise<Exit>
}

export interface ProgramOptions {
  name: string
  path: string
  args?: readonly string[]
  env?: Record<string, string>
  /** Modules to load before the program. */
  imports?: readonly string[]
  /** The line of standard output that says it is ready. */
  ready: RegExp
}

/** Resolves when the program has said that it is ready. @throws with its log when it ends before */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const imports = (options.imports ?? []).map((path) => `--import=${path}`)
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=posthorn-source', ...imports, options.path, ...(options.args ?? [])],
    { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log: string[] = []
  let ending = false
  let exit: Exit | null = null
  const ended = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal, expected: ending }
      resolve(exit)
    })
  })
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    log.push(line)
    if (log.length > logLinesMax) log.shift()
  })
  const line = await new Promise<RegExpMatchArray>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    lines.on('line', (text) => {
      const match = text.match(options.ready)
      if (match) resolve(match)
    })
    lines.once('close', () => {
      const tail = log.slice(-20).join('\n')
      reject(new Error(`${options.name} ended before it was ready:\n${tail}`))
    })
  })
  return {
    name: options.name,
    line,
    pid: child.pid as number,
    log,
    exit: () => exit,
    signal: (signal) => void child.kill(signal),
    end(signal) {
      ending = true
      if (exit === null) child.kill(signal)
      return ended
    },
  }
}
