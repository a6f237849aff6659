import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useFocusBack } from '../ui/use-focus-back.ts'
import classes from './keys.module.css'

interface Props {
  name: string
  credential: { prefix: string; scopes: readonly string[]; lastUsedAt: string | null }
  revoke: UseMutationResult<unknown, Error, void>
  onClose(): void
  children?: ReactNode
}

/** Asks, and says what stops working. */
export function RevokeDialog({ name, credential, revoke, onClose, children }: Props) {
  const t = useMessages()
  useFocusBack()
  const { prefix, scopes, lastUsedAt } = credential
  return (
    <Modal opened onClose={onClose} title={t.keys.revoke.title(name)}>
      <Stack>
        {revoke.error && <ProblemAlert error={revoke.error} />}
        <Text size="sm">{t.keys.revoke.stops(prefix)}</Text>
        <Stack gap={2}>
          <Text size="sm" className={classes['scopes'] ?? ''}>
            <Text span c="dimmed">
              {t.keys.columns.scopes}
            </Text>{' '}
            {scopes.join(', ')}
          </Text>
          <Text size="sm" component="div">
            {lastUsedAt === null ? (
              t.keys.revoke.unused
            ) : (
              <>
                {t.keys.revoke.used} <Time value={lastUsedAt} />
              </>
            )}
          </Text>
        </Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t.common.cancel}
          </Button>
          <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t.keys.revoke.submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
