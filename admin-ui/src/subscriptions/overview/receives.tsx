import { Stack, Text, Title } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { CodeView } from '../../code/code-view.tsx'
import { useMessages } from '../../messages/use-messages.ts'
import { fromFilter } from '../form/filter-draft.ts'
import { EventTypeNames } from '../list/event-type-names.tsx'

/** Which events it asks for, in words. */
export function Receives({ subscription }: { subscription: Subscription }) {
  const { receives: t } = useMessages().subscriptionDetail
  const { eventTypes, entityTypes, entityIds, filter } = subscription
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {t.title}
      </Title>
      {eventTypes === null ? (
        <Text size="sm">{t.every}</Text>
      ) : (
        <Stack gap={4} align="flex-start">
          {eventTypes.map((name) => (
            <EventTypeNames key={name} names={[name]} />
          ))}
        </Stack>
      )}
      {entityTypes !== null && (
        <Text size="sm">
          <Text span size="sm" c="dimmed">
            {t.entityTypes}
            {': '}
          </Text>
          {entityTypes.join(', ')}
        </Text>
      )}
      {entityIds !== null && <Text size="sm">{t.entities(entityIds.length)}</Text>}
      {filter !== null && (
        <>
          <Text size="sm">{t.filtered}</Text>
          <FilterWords filter={filter} />
        </>
      )}
    </Stack>
  )
}

function FilterWords({ filter }: { filter: NonNullable<Subscription['filter']> }) {
  const { filter: t } = useMessages().subscriptionForm
  const { asJson, conditions, join, json } = fromFilter(filter)
  if (asJson) return <CodeView text={json} language="json" label={t.label} linesMax={12} />
  return (
    <Stack gap={2}>
      {conditions.length > 1 && (
        <Text size="xs" c="dimmed">
          {t[join]}
        </Text>
      )}
      {conditions.map(({ key, path, operator, value }) => (
        <Text key={key} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span ff="monospace" size="sm">
            {path}
          </Text>{' '}
          {operator === 'exists' && value === 'false' ? t.missing : t.operators[operator]}{' '}
          {operator !== 'exists' && <strong>{value}</strong>}
        </Text>
      ))}
    </Stack>
  )
}
