import { Alert, Button, Stack, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Event } from '@posthorn/sdk'
import { getRouteApi } from '@tanstack/react-router'
import { RotateCcw, TriangleAlert } from 'lucide-react'
import { CodeView } from '../code/code-view.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { ReplayDialog } from '../replays/replay-dialog.tsx'
import { useCan } from '../session/session-context.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { EventDeliveries } from './event-deliveries.tsx'
import { EventFacts } from './event-facts.tsx'
import { EventState } from './event-state.tsx'
import { MatchTrace } from './match-trace.tsx'
import { useEvent } from './use-event.ts'

const route = getRouteApi('/events/$id')

export function EventPage() {
  const t = useMessages().events
  const { data, error, refetch } = useEvent(route.useParams().id)
  if (data) return <EventView {...data} />
  if (!error) return <LoadingPage />
  return (
    <Page title={t.detailTitle}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  )
}

function EventView({ event, data }: { event: Event; data: string }) {
  const t = useMessages().events
  const can = useCan()
  const [replaying, replay] = useDisclosure()
  return (
    <Page
      title={event.eventType}
      description={<EventState event={event} />}
      actions={
        can('deliveries:replay') && (
          <Button
            variant="default"
            leftSection={<RotateCcw size={16} aria-hidden />}
            onClick={replay.open}
          >
            {t.replayTo}
          </Button>
        )
      }
    >
      {event.publishError && (
        <Alert color="red" icon={<TriangleAlert />} title={t.notPublished}>
          {event.publishError}
        </Alert>
      )}
      <EventFacts event={event} />
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t.payload}
        </Title>
        <CodeView text={data} language="json" label={t.payloadLabel} />
      </Stack>
      {can('deliveries:read') && <EventDeliveries event={event} />}
      {can('subscriptions:read') && <MatchTrace event={event} />}
      <ReplayDialog
        selector={{ filter: { eventId: event.id } }}
        opened={replaying}
        onClose={replay.close}
      />
    </Page>
  )
}
