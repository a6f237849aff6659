import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { TextLink } from '../ui/links.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'

/** The subscriptions that ask for a type, by name or by a pattern. */
export function Subscribers({ eventType }: { eventType: string }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const pages = useCursorPages([organisationId, 'subscriptions', 'ofType', eventType], (cursor) =>
    client.subscriptions.list({ eventType, limit: 50, ...(cursor && { cursor }) }),
  )
  const none = pages.isSuccess && pages.rows.length === 0 && !pages.hasNextPage
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t.catalogue.subscribers}
      </Title>
      {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={40} />}
      {none && <Text size="sm">{t.catalogue.noSubscribers}</Text>}
      {pages.rows.map(({ id, url, description, status }) => (
        <Text key={id} size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
          <TextLink inherit underline="always" to="/subscriptions/$id" params={{ id }}>
            <bdi>{description ?? url}</bdi>
          </TextLink>{' '}
          <Text span c="dimmed">
            {t.subscriptionStatuses[status]}
          </Text>
        </Text>
      ))}
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={pages.isFetchingNextPage}
          onClick={pages.loadMore}
          style={{ alignSelf: 'flex-start' }}
        >
          {t.common.more}
        </Button>
      )}
    </Stack>
  )
}
