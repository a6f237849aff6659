import { Group, List, Stack, Text } from '@mantine/core'
import type { SubscriptionPreview } from '@posthorn/sdk'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleSlash } from 'lucide-react'
import { useEventTypes } from '../../filter/use-event-types.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { TimeText } from '../../time/time.tsx'
import { StatusLabel } from '../../ui/status-label.tsx'
import classes from './form.module.css'
import type { FormValues } from './form-values.ts'
import { usePreview } from './use-preview.ts'

const typesShown = 8

/** What it would receive, from the catalogue and from the events of the last day. */
export function Preview({ values, ownerId }: { values: FormValues; ownerId: string | null }) {
  const t = useMessages().subscriptionForm.summary
  const { data, isError, isIncomplete, isPlaceholderData } = usePreview(values, ownerId)
  const { data: types = [] } = useEventTypes()
  if (isError || isIncomplete) {
    return (
      <Text size="sm" c="dimmed">
        {t.incomplete}
      </Text>
    )
  }
  if (!data) return null
  const open = values.everyEventType || values.eventTypes.some((name) => name.includes('*'))
  return (
    <Stack gap="sm" opacity={isPlaceholderData ? 0.6 : 1}>
      <Text size="sm">
        <strong>{t.receives(data.eventTypes.length, types.length)}</strong> {open && t.future}
      </Text>
      {data.events === null ? (
        <Text size="sm" c="dimmed">
          {t.chooseOrganisation}
        </Text>
      ) : (
        <Matched events={data.events} />
      )}
    </Stack>
  )
}

function Matched({ events }: { events: NonNullable<SubscriptionPreview['events']> }) {
  const t = useMessages().subscriptionForm.summary
  const { lookedAt, matched, complete } = events
  if (lookedAt === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.noEvents}
      </Text>
    )
  }
  const heard = events.byType.filter((type) => type.matched > 0).slice(0, typesShown)
  return (
    <>
      <div>
        <Text size="xs" c="dimmed">
          {t.last24h}
        </Text>
        <Text size="lg" fw={650}>
          {complete ? t.exactly(matched) : t.matched(matched)}
        </Text>
        <Text size="xs" c="dimmed">
          {complete ? t.of(lookedAt) : t.newest(lookedAt)}
        </Text>
      </div>
      {heard.length > 0 && (
        <dl className={classes['counts']} style={{ margin: 0 }}>
          {heard.map(({ eventType, matched: count }) => (
            <div key={eventType} style={{ display: 'contents' }}>
              <dt>{eventType}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      )}
      {events.samples.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t.samples}
          </Text>
          <List listStyleType="none" size="sm" spacing={4}>
            {events.samples.map((sample) => (
              <List.Item key={sample.id}>
                <Sample sample={sample} />
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  )
}

type SampleEvent = NonNullable<SubscriptionPreview['events']>['samples'][number]

function Sample({ sample }: { sample: SampleEvent }) {
  const t = useMessages().subscriptionForm.summary
  return (
    <div>
      <Group gap={8} justify="space-between">
        <StatusLabel
          icon={sample.matched ? CircleCheck : CircleSlash}
          tone={sample.matched ? 'good' : 'off'}
          label={sample.matched ? t.matches : t.misses}
        />
        <Text span size="xs" c="dimmed">
          <TimeText value={sample.createdAt} />
        </Text>
      </Group>
      <Link
        to="/events/$id"
        params={{ id: sample.id }}
        target="_blank"
        style={{ color: 'inherit', overflowWrap: 'anywhere' }}
      >
        {sample.eventType}
      </Link>
    </div>
  )
}
