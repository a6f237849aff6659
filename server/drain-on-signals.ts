import type { Posthorn } from './create-posthorn.ts'

export interface DrainOptions {
  /** Called first, to let no more requests in: `() => server.close()`. */
  onDrain?: (signal: NodeJS.Signals) => unknown
  /** Ends the process when all is done. With false it gets its exit code only, and ends when nothing else keeps it. @default true */
  exit?: boolean
  /** How long draining may take before the process ends anyway, milliseconds. @default 40000 */
  timeoutMs?: number
}

/** `dispatcher.drainMs` has 30 s for requests; what came of them is written after that. */
const timeoutMsDefault = 40_000

/**
 * On SIGTERM and SIGINT: lets the requests under way finish, records them, closes Posthorn and ends the process, with 0
 * when all went well and 1 when it did not or took too long. Further signals change nothing.
 * @returns what takes the listeners off again
 */
export function drainOnSignals(
  posthorn: Pick<Posthorn, 'close'>,
  options: DrainOptions = {},
): () => void {
  const { onDrain, exit = true, timeoutMs = timeoutMsDefault } = options
  let isDraining = false

  function end(code: number): void {
    process.exitCode = code
    if (exit) process.exit()
  }

  async function drain(signal: NodeJS.Signals): Promise<void> {
    if (isDraining) return
    isDraining = true
    const timer = setTimeout(() => end(1), timeoutMs)
    try {
      await onDrain?.(signal)
      await posthorn.close()
      end(0)
    } catch (error) {
      process.emitWarning(error as Error)
      end(1)
    } finally {
      clearTimeout(timer)
      remove()
    }
  }

  const listener = (signal: NodeJS.Signals): void => void drain(signal)
  function remove(): void {
    process.off('SIGTERM', listener)
    process.off('SIGINT', listener)
  }
  process.on('SIGTERM', listener)
  process.on('SIGINT', listener)
  return remove
}
