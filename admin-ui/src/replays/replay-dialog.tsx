import { lazy, Suspense, useState } from 'react'
import type { ReplayModalProps } from './replay-modal.tsx'

const ReplayModal = lazy(async () => ({
  default: (await import('./replay-modal.tsx')).ReplayModal,
}))

/** The dialog comes when it is first opened: every list has one. */
export function ReplayDialog(props: ReplayModalProps) {
  const [wanted, setWanted] = useState(false)
  if (props.opened && !wanted) setWanted(true)
  return (
    wanted && (
      <Suspense>
        <ReplayModal {...props} />
      </Suspense>
    )
  )
}
