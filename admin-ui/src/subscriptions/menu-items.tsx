import { Menu } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useNavigate } from '@tanstack/react-router'
import {
  CirclePause,
  CirclePlay,
  CopyPlus,
  FlaskConical,
  Pencil,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useCan } from '../session/session-context.ts'
import { useSetActive } from './use-subscription-changes.ts'

interface Props {
  subscription: Subscription
  onDelete(): void
  onReplay(): void
}

/** What one can do with a subscription. */
export function SubscriptionMenuItems({ subscription, onDelete, onReplay }: Props) {
  const t = useMessages().subscriptions.actions
  const can = useCan()
  const navigate = useNavigate()
  const { mutate: setActive } = useSetActive()
  const { id, status } = subscription
  const mayWrite = can('subscriptions:write')
  const active = status === 'active'
  return (
    <>
      {mayWrite && (
        <>
          <Menu.Item
            leftSection={active ? <CirclePause size={15} /> : <CirclePlay size={15} />}
            onClick={() => setActive({ subscription, active: !active })}
          >
            {active ? t.pause : t.resume}
          </Menu.Item>
          <Menu.Item
            leftSection={<FlaskConical size={15} />}
            onClick={() => void navigate({ to: '/subscriptions/$id/test', params: { id } })}
          >
            {t.test}
          </Menu.Item>
          <Menu.Item
            leftSection={<Pencil size={15} />}
            onClick={() => void navigate({ to: '/subscriptions/$id/settings', params: { id } })}
          >
            {t.edit}
          </Menu.Item>
        </>
      )}
      {mayWrite && (
        <Menu.Item
          leftSection={<CopyPlus size={15} />}
          onClick={() => void navigate({ to: '/subscriptions/new', search: { copyOf: id } })}
        >
          {t.duplicate}
        </Menu.Item>
      )}
      {can('deliveries:replay') && (
        <Menu.Item leftSection={<RotateCcw size={15} />} onClick={onReplay}>
          {t.replayFailed}
        </Menu.Item>
      )}
      {mayWrite && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={onDelete}>
            {t.delete}
          </Menu.Item>
        </>
      )}
    </>
  )
}
