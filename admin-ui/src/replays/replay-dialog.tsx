import { Modal } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayForm } from './replay-form.tsx'
import type { Selector } from './replay-input.ts'

export interface ReplayDialogProps {
  selector: Selector
  opened: boolean
  onClose(): void
}

/** Says what a replay would do before it does it. */
export function ReplayDialog({ selector, opened, onClose }: ReplayDialogProps) {
  const t = useMessages()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.replays.title}
      size="lg"
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <ReplayForm selector={selector} onClose={onClose} />
    </Modal>
  )
}
