import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyProblem } from '../ui/notify.ts'

export function DeprecateButton({ name }: { name: string }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const [asked, ask] = useDisclosure()
  const deprecate = useMutation({
    mutationFn: () => client.eventTypes.deprecate(name),
    onSuccess: () => queries.invalidateQueries({ queryKey: [organisationId, 'catalogue'] }),
    onError: (error) => notifyProblem(error, t.common),
    onSettled: ask.close,
  })
  return (
    <>
      <Button variant="default" onClick={ask.open}>
        {t.catalogue.deprecate}
      </Button>
      <Modal opened={asked} onClose={ask.close} title={t.catalogue.deprecateTitle(name)}>
        <Stack>
          <Text>{t.catalogue.deprecateConfirm}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={ask.close}>
              {t.common.cancel}
            </Button>
            <Button loading={deprecate.isPending} onClick={() => deprecate.mutate()}>
              {t.catalogue.deprecate}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
