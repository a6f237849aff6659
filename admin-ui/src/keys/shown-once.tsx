import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useFocusBack } from '../ui/use-focus-back.ts'

interface Props {
  title: string
  /** Besides the button that closes. */
  action?: ReactNode
  onClose(): void
  children: ReactNode
}

/** A secret, which must not go because somebody clicked beside it. */
export function ShownOnce({ title, action, onClose, children }: Props) {
  const t = useMessages().keys.shown
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert icon={<EyeOff />} color="yellow" variant="light">
          <Text size="sm">{t.once}</Text>
        </Alert>
        {children}
        <Group justify="flex-end">
          {action}
          <Button onClick={onClose}>{t.done}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
