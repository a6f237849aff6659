import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import type { ApiKey, ApiKeyWithSecret } from '@posthorn/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ClockTime } from '../time/clock-time.tsx'
import { useNow } from '../time/use-now.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useFocusBack } from '../ui/use-focus-back.ts'
import { previousUntil } from './credential-state.ts'

interface Props {
  apiKey: ApiKey
  onRotated(key: ApiKeyWithSecret): void
  onClose(): void
}

/** Seconds that the key as it is stays good. */
const overlaps = ['3600', '86400', '604800', '0'] as const
const overlapDefault = '86400'

/** Asks how long both keys are to be good, and says what has to follow. */
export function RotateApiKey({ apiKey, onRotated, onClose }: Props) {
  const { keys: t, common } = useMessages()
  useFocusBack()
  const { client, organisationId, session } = useAccess()
  const queries = useQueryClient()
  const [overlap, setOverlap] = useState<string>(overlapDefault)
  const isOwn = session.id === apiKey.id
  const earlier = previousUntil(apiKey, useNow())
  const rotate = useMutation({
    mutationFn: () => client.apiKeys.rotate(apiKey.id, { overlapSeconds: Number(overlap) }),
    onSuccess: (rotated) => {
      void queries.invalidateQueries({ queryKey: [organisationId, 'apiKeys'] })
      onRotated(rotated)
    },
  })
  return (
    <Modal opened onClose={onClose} title={t.rotate.title(apiKey.name)}>
      <Stack>
        {rotate.error && <ProblemAlert error={rotate.error} />}
        <Text size="sm">{t.rotate.text}</Text>
        <Radio.Group label={t.rotate.overlap} value={overlap} onChange={setOverlap}>
          <Stack gap="xs" mt="xs">
            {overlaps.map((seconds) => {
              // What is asked next would be refused, and hide the new key.
              const ownEnd = isOwn && seconds === '0'
              return (
                <Radio
                  key={seconds}
                  value={seconds}
                  label={t.rotate.overlaps[seconds]}
                  description={ownEnd ? t.rotate.ownNotAtOnce : undefined}
                  disabled={ownEnd}
                />
              )
            })}
          </Stack>
        </Radio.Group>
        {earlier !== undefined && (
          <Alert icon={<TriangleAlert />} color="yellow" variant="light">
            <Text size="sm">
              {t.rotate.earlier} <ClockTime value={earlier} />
            </Text>
          </Alert>
        )}
        {isOwn && <Text size="sm">{t.rotate.own}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common.cancel}
          </Button>
          <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
            {t.rotate.submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
