import { Group, Text } from '@mantine/core'
import type { Delivery } from '@posthorn/sdk'
import { ArrowRight } from 'lucide-react'
import { TextLink } from '../ui/links.tsx'
import classes from './delivery.module.css'

interface Props {
  delivery: Delivery
  /** Of the subscription. */
  name: string
  /** Whether there is a page of it. */
  isKnown: boolean
}

/** What goes to whom. */
export function DeliveryHeading({ delivery, name, isKnown }: Props) {
  return (
    <Group component="span" gap="xs" className={classes['heading']}>
      <span>{delivery.eventType}</span>
      <Group component="span" gap="xs" wrap="nowrap" miw={0} maw="100%">
        <Text component="span" c="dimmed" display="inline-flex" inherit>
          <ArrowRight size="0.9em" aria-hidden="true" />
        </Text>
        {isKnown ? (
          <TextLink
            to="/subscriptions/$id"
            params={{ id: delivery.subscriptionId }}
            inherit
            fw={500}
            className={classes['name'] ?? ''}
            title={name}
          >
            {name}
          </TextLink>
        ) : (
          <Text component="span" inherit fw={500} className={classes['name'] ?? ''}>
            {name}
          </Text>
        )}
      </Group>
    </Group>
  )
}
