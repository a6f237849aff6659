import { lazy, Suspense, useState } from 'react'

const Help = lazy(async () => ({ default: (await import('./help.tsx')).ShortcutHelp }))

interface Props {
  opened: boolean
  onClose: () => void
}

/** The help, whose code comes when somebody first asks for it. */
export function LateShortcutHelp({ opened, onClose }: Props) {
  const [wanted, setWanted] = useState(false)
  if (opened && !wanted) setWanted(true)
  return (
    wanted && (
      <Suspense>
        <Help opened={opened} onClose={onClose} />
      </Suspense>
    )
  )
}
