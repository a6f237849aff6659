import { ActionIcon, Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { FailureGroup } from '@posthorn/sdk'
import { RotateCcw, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { Time } from '../time/time.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { TextLink } from '../ui/links.tsx'
import { Explanation } from './explanation.tsx'
import { FailureLabel } from './group-columns.tsx'
import { searchOfGroup } from './group-filter.ts'
import classes from './group-split.module.css'
import { PauseButton } from './pause-button.tsx'

interface Props {
  /** None when it has no failures any more. */
  group: FailureGroup | undefined
  filter: DeliveryFilterSearch
  onClose: () => void
  onReplay: () => void
}

/** A group: what it is, what to do, and the newest of its deliveries as an example. */
export function GroupPane({ group, filter, onClose, onReplay }: Props) {
  const t = useMessages()
  return (
    <aside className={classes['pane']} aria-label={t.failures.pane}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="xs">
        <Heading group={group} />
        <ActionIcon aria-label={t.common.close} onClick={onClose}>
          <X size={18} />
        </ActionIcon>
      </Group>
      {group ? (
        <GroupDetails group={group} filter={filter} onReplay={onReplay} />
      ) : (
        <Text size="sm" c="dimmed">
          {t.failures.goneGroup}
        </Text>
      )}
    </aside>
  )
}

/** Takes the keyboard when the pane opens. */
function Heading({ group }: Pick<Props, 'group'>) {
  const t = useMessages()
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [])
  return (
    <Title order={2} size="h4" ref={ref} tabIndex={-1}>
      {group ? <FailureLabel group={group} t={t} /> : t.failures.pane}
    </Title>
  )
}

function GroupDetails({
  group,
  filter,
  onReplay,
}: Omit<Props, 'group' | 'onClose'> & { group: FailureGroup }) {
  const t = useMessages()
  const can = useCan()
  const { nameOf } = useSubscriptionNames()
  return (
    <Stack gap="md">
      <div>
        <TextLink to="/subscriptions/$id" params={{ id: group.subscriptionId }} size="sm" fw={600}>
          {nameOf(group.subscriptionId)}
        </TextLink>
        <Text size="sm">{t.failures.counts(group.failed, group.pending)}</Text>
        <Text size="sm" c="dimmed" component="div">
          {t.failures.columns.first}: <Time value={group.oldestAt} /> · {t.failures.columns.last}:{' '}
          <Time value={group.newestAt} />
        </Text>
      </div>
      <Group gap="xs">
        {can('deliveries:replay') && group.failed > 0 && (
          <Button leftSection={<RotateCcw size={16} />} onClick={onReplay}>
            {t.failures.replay(group.failed)}
          </Button>
        )}
        <ButtonLink variant="default" to="/deliveries" search={searchOfGroup(group, filter)}>
          {t.failures.inLog}
        </ButtonLink>
        {can('subscriptions:write') && <PauseButton id={group.subscriptionId} />}
      </Group>
      {group.failed === 0 && (
        <Text size="sm" c="dimmed">
          {t.failures.onlyPending}
        </Text>
      )}
      <Explanation deliveryId={group.deliveryId} />
      <TextLink to="/deliveries/$id" params={{ id: group.deliveryId }} size="sm">
        {t.failures.openExample}
      </TextLink>
      <Group gap={6}>
        {group.eventTypes.map((eventType) => (
          <Badge key={eventType} variant="default" tt="none" fw={500}>
            {eventType}
          </Badge>
        ))}
      </Group>
    </Stack>
  )
}
