import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useState } from 'react'

const hiddenMaxMs = 30_000

/** Whether somebody can see the page, or could a moment ago. */
export function useSeen(): boolean {
  const visible = useDocumentVisibility() !== 'hidden'
  const [away, setAway] = useState(false)
  useEffect(() => {
    if (visible) return setAway(false)
    const timer = setTimeout(() => setAway(true), hiddenMaxMs)
    return () => clearTimeout(timer)
  }, [visible])
  return !away
}
