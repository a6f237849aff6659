import { Button, Group, Text } from '@mantine/core'
import type { EventMatch } from '@posthorn/sdk'
import { CircleCheck, CircleX } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { DeliveryStatusLabel } from '../ui/delivery-status.tsx'
import { TextLink } from '../ui/links.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { explainReason } from './explain-reason.ts'
import classes from './match-trace.module.css'

interface Props {
  match: EventMatch
  /** For one that would hear of it and never did. */
  onDeliver: (() => void) | undefined
}

/** One subscription: whether it hears of the event, and if not, because of what. */
export function MatchItem({ match, onDeliver }: Props) {
  const t = useMessages().events
  const { subscriptionId, uid, url, matched, reasons, delivery, note } = match
  const missed = reasons.filter(({ passed }) => !passed).map((reason) => explainReason(reason, t))
  return (
    <li>
      <Group gap="sm" justify="space-between">
        <Group gap="sm" miw={0}>
          <StatusLabel
            icon={matched ? CircleCheck : CircleX}
            tone={matched ? 'good' : 'off'}
            label={matched ? t.matched : t.notMatched}
          />
          <TextLink
            size="sm"
            to="/subscriptions/$id"
            params={{ id: subscriptionId }}
            style={{ overflowWrap: 'anywhere' }}
          >
            {uid ?? url}
          </TextLink>
          {match.organisationId === null && (
            <Text size="xs" c="dimmed">
              {t.platform}
            </Text>
          )}
        </Group>
        {matched && !delivery && onDeliver && (
          <Button variant="default" size="compact-sm" onClick={onDeliver}>
            {t.deliver}
          </Button>
        )}
        {delivery && (
          <TextLink size="sm" to="/deliveries/$id" params={{ id: delivery.id }}>
            <DeliveryStatusLabel status={delivery.status} attempts={0} />
          </TextLink>
        )}
      </Group>
      {missed.length > 0 && (
        <ul className={classes['reasons']}>
          {missed.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </li>
  )
}
