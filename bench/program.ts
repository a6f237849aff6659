import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a program of this folder can be asked to do. Arguments and answers are plain values. */
// biome-ignore lint/suspicious/noExplicitAny: only as a bound; every call is typed by its handler.
type Handlers = Record<string, (...args: any[]) => unknown>

interface Request {
  id: number
  name: string
  args: unknown[]
}

interface Answer {
  id: number
  value?: unknown
  error?: string
}

/** A process of its own, so that its CPU time is its own. */
export interface Program<H extends Handlers> {
  pid: number
  call<Name extends keyof H & string>(
    name: Name,
    ...args: Parameters<H[Name]>
  ): Promise<Awaited<ReturnType<H[Name]>>>
  stop(): Promise<void>
}

/** Starts `programs/<name>.ts`. */
export function startProgram<H extends Handlers>(name: string): Program<H> {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url))
  const child = fork(path, { execArgv: ['--conditions=posthorn-source'] })
  const waiting = new Map<number, PromiseWithResolvers<never>>()
  let calls = 0
  child.on('message', (message) => {
    const { id, value, error } = message as Answer
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(value as never)
    else call?.reject(new Error(`${name}: ${error}`))
  })
  child.once('exit', (status) => {
    for (const call of waiting.values()) call.reject(new Error(`${name} ended with ${status}`))
  })
  return {
    pid: child.pid ?? 0,
    call(call, ...args) {
      const id = ++calls
      const pending = Promise.withResolvers<never>()
      waiting.set(id, pending)
      child.send({ id, name: call, args } satisfies Request)
      return pending.promise
    },
    stop: () => endProcess(child, 'SIGTERM'),
  }
}

/** The other side: answers calls until the parent goes away. */
export function answerCalls(handlers: Handlers): void {
  process.on('message', (message) => {
    const { id, name, args } = message as Request
    const answer = (answer: Answer) => process.send?.(answer)
    Promise.resolve()
      .then(() => handlers[name]?.(...args))
      .then(
        (value) => answer({ id, value }),
        (error: unknown) => answer({ id, error: (error as Error)?.stack ?? String(error) }),
      )
  })
  process.once('disconnect', () => process.exit(0))
}

/** Asks a process to end, and makes it after a while. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
  await ended
  clearTimeout(timer)
}
