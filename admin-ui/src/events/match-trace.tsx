import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Event } from '@posthorn/sdk'
import { useState } from 'react'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayDialog } from '../replays/replay-dialog.tsx'
import { useAccess, useCan } from '../session/session-context.ts'
import { TextLink } from '../ui/links.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { MatchItem } from './match-item.tsx'
import classes from './match-trace.module.css'

/** Every subscription that could hear of an event: those that do first, and why the others do not. */
export function MatchTrace({ event }: { event: Event }) {
  const t = useMessages().events
  const { client, organisationId } = useAccess()
  // Before it is published, its first deliveries are still to come.
  const may = useCan()('deliveries:replay') && event.publishedAt !== null
  const [target, setTarget] = useState<string>()
  const pages = useCursorPages(
    [organisationId, 'events', event.id, 'matches', event.publishedAt],
    (cursor) => client.events.matches(event.id, { limit: 50, ...(cursor && { cursor }) }),
  )
  const rows = pages.rows.toSorted((a, b) => Number(b.matched) - Number(a.matched))
  const matched = rows.filter((row) => row.matched).length
  return (
    <Stack gap="xs">
      <Stack gap={0}>
        <Title order={2} size="h4">
          {t.trace}
        </Title>
        <Text size="sm" c="dimmed">
          {t.traceText}{' '}
          {rows.length > 0 && !pages.hasNextPage && t.matchCount(matched, rows.length)}
        </Text>
      </Stack>
      {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={60} />}
      {pages.isSuccess && rows.length === 0 && (
        <Group gap="sm">
          <Text size="sm">{t.noSubscriptions}</Text>
          <TextLink size="sm" to="/subscriptions/new" search={{ eventType: event.eventType }}>
            {t.subscribe}
          </TextLink>
        </Group>
      )}
      {rows.length > 0 && (
        <ul className={classes['trace']}>
          {rows.map((match) => (
            <MatchItem
              key={match.subscriptionId}
              match={match}
              onDeliver={may ? () => setTarget(match.subscriptionId) : undefined}
            />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={pages.isFetchingNextPage}
          onClick={pages.loadMore}
          style={{ alignSelf: 'flex-start' }}
        >
          {t.moreDeliveries}
        </Button>
      )}
      <ReplayDialog
        selector={{
          filter: { eventId: event.id, ...(target && { subscriptionId: [target] }) },
        }}
        mode="missing"
        opened={target !== undefined}
        onClose={() => setTarget(undefined)}
      />
    </Stack>
  )
}
