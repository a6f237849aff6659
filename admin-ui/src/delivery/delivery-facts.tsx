import { Text } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { CopyIcon, CopyValue } from '../ui/copy-value.tsx'
import { TextLink } from '../ui/links.tsx'
import classes from './delivery.module.css'
import { shortId } from './short-id.ts'

/** Its ids, each to copy and to follow. */
export function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const t = useMessages()
  const { facts, idOf } = t.delivery
  const { id, eventId, entityType, entityId, replayId, trigger, createdAt } = delivery
  return (
    <dl className={classes['facts']}>
      <Fact label={facts.created}>
        <Time value={createdAt} />
      </Fact>
      <Fact label={facts.id}>
        <CopyValue value={id} short={shortId(id)} label={idOf.delivery} />
      </Fact>
      <Fact label={facts.event}>
        <TextLink
          to="/events/$id"
          params={{ id: eventId }}
          size="xs"
          ff="monospace"
          title={eventId}
        >
          {shortId(eventId)}
        </TextLink>
        <CopyIcon value={eventId} label={idOf.event} />
      </Fact>
      <Fact label={facts.entity}>
        <TextLink
          to="/deliveries"
          search={{ entityId, last: 'all' }}
          size="xs"
          ff="monospace"
          title={entityId}
        >
          {`${entityType} ${shortId(entityId)}`}
        </TextLink>
        <CopyIcon value={entityId} label={idOf.entity} />
      </Fact>
      <Fact label={facts.trigger}>
        <Text size="sm" component="span">
          {t.triggers[trigger] ?? trigger}
        </Text>
      </Fact>
      {replayId && (
        <Fact label={facts.replay}>
          <TextLink
            to="/replays/$id"
            params={{ id: replayId }}
            size="xs"
            ff="monospace"
            title={replayId}
          >
            {shortId(replayId)}
          </TextLink>
          <CopyIcon value={replayId} label={idOf.replay} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <dd>{children}</dd>
    </div>
  )
}
