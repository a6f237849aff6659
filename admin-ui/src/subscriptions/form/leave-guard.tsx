import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useMessages } from '../../messages/use-messages.ts'

/** Asks before the page is left while something is not saved. */
export function LeaveGuard({ active }: { active: boolean }) {
  const t = useMessages().subscriptionForm.leave
  const { close } = useMessages().common
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
    enableBeforeUnload: active,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <Modal opened onClose={reset} title={t.title} closeButtonProps={{ 'aria-label': close }}>
      <Stack gap="sm">
        <Text size="sm">{t.text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={reset} data-autofocus>
            {t.stay}
          </Button>
          <Button color="red" onClick={proceed}>
            {t.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
