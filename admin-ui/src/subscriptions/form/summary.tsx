import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMessages } from '../../messages/use-messages.ts'
import { placeOf } from '../describe-subscription.ts'
import classes from './form.module.css'
import type { FormValues } from './form-values.ts'
import { Preview } from './preview.tsx'

interface Props {
  values: FormValues
  /** Whose it is, or is going to be; null for the platform's. */
  ownerId: string | null
  /** How many settings differ from what is stored; none of a new one is. */
  changes: number | undefined
  submitLabel: string
  sending: boolean
  onDiscard: (() => void) | undefined
}

/** Beside the fields: what the settings come to, and the buttons. */
export function Summary({ values, ownerId, changes, submitLabel, sending, onDiscard }: Props) {
  const t = useMessages().subscriptionForm
  return (
    <Paper
      component="aside"
      withBorder
      p="md"
      className={classes['summary']}
      aria-label={t.summary.title}
    >
      <Stack gap="md">
        <div>
          <Title order={2} size="h5">
            {t.summary.title}
          </Title>
          {!values.pulled && values.url.trim() !== '' && (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {placeOf(values.url.trim())}
            </Text>
          )}
        </div>
        <Preview values={values} ownerId={ownerId} />
        {changes !== undefined && (
          <Text size="sm" c="dimmed">
            {t.summary.changes(changes)}
          </Text>
        )}
        <Group gap="xs">
          <Button type="submit" loading={sending} disabled={changes === 0}>
            {submitLabel}
          </Button>
          {onDiscard && (
            <Button variant="subtle" color="gray" onClick={onDiscard}>
              {t.discard}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}
