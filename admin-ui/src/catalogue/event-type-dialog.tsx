import { Modal } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { EventTypeForm, type EventTypeFormProps } from './event-type-form.tsx'

/** Adds a type, or changes one. */
export function EventTypeDialog({ opened, ...form }: EventTypeFormProps & { opened: boolean }) {
  const t = useMessages()
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title={form.type ? `${t.catalogue.edit}: ${form.type.name}` : t.catalogue.add}
      size="xl"
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <EventTypeForm {...form} />
    </Modal>
  )
}
