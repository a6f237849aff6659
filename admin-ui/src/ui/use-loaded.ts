import { useCallback, useEffect, useState } from 'react'
import { type Problem, toProblem } from '../problem.ts'

interface Loaded<T> {
  data: T | undefined
  problem: Problem | undefined
  reload: () => void
}

/**
 * What `load` gives, again whenever `load` changes, and again `delayMs` later if that says so.
 * A failure keeps the data that was there.
 */
export function useLoaded<T>(
  load: () => Promise<T>,
  delayMs: (data: T | undefined) => number | undefined = never,
): Loaded<T> {
  const [state, setState] = useState<{ data?: T | undefined; problem?: Problem | undefined }>({})
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((count) => count + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks for the same again
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = (data: T | undefined) => {
      const delay = delayMs(data)
      if (delay !== undefined) timer = setTimeout(reload, delay)
    }
    load().then(
      (data) => {
        if (!current) return
        setState({ data })
        later(data)
      },
      (error: unknown) => {
        if (!current) return
        setState(({ data }) => ({ data, problem: toProblem(error) }))
        later(undefined)
      },
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [load, delayMs, reload, turn])

  return { data: state.data, problem: state.problem, reload }
}

function never(): undefined {
  return undefined
}
