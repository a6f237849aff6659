import { Modal } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayForm } from './replay-form.tsx'
import type { ReplayMode, Selector } from './replay-input.ts'

export interface ReplayModalProps {
  selector: Selector
  /** What is chosen at first. @default 'failed' */
  mode?: ReplayMode
  opened: boolean
  onClose(): void
}

/** Says what a replay would do before it does it. */
export function ReplayModal({ selector, mode = 'failed', opened, onClose }: ReplayModalProps) {
  const t = useMessages()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.replays.title}
      size="lg"
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <ReplayForm selector={selector} mode={mode} onClose={onClose} />
    </Modal>
  )
}
