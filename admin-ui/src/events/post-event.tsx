import { Modal } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { PostEventForm } from './post-event-form.tsx'

interface Props {
  opened: boolean
  onClose(): void
}

export function PostEvent({ opened, onClose }: Props) {
  const t = useMessages()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.events.post}
      size="lg"
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <PostEventForm onClose={onClose} />
    </Modal>
  )
}
