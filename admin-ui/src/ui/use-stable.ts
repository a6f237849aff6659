import { useMemo, useRef } from 'react'

/** The newest of a function, behind one that stays the same: what takes it need not be drawn anew. */
export function useStable<Arguments extends unknown[]>(run: (...args: Arguments) => void) {
  const latest = useRef(run)
  latest.current = run
  return useMemo(
    () =>
      (...args: Arguments) =>
        latest.current(...args),
    [],
  )
}
