import type { Subscription } from '@posthorn/sdk'
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  OctagonX,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import { stateOf } from './describe-subscription.ts'

const looks = {
  active: { icon: CircleCheck, tone: 'good' },
  degraded: { icon: TriangleAlert, tone: 'waiting' },
  failing: { icon: CircleX, tone: 'bad' },
  paused: { icon: CirclePause, tone: 'off' },
  disabled: { icon: OctagonX, tone: 'bad' },
  unused: { icon: CircleDashed, tone: 'off' },
  broken: { icon: Unplug, tone: 'bad' },
} as const

export function SubscriptionStateLabel({ subscription }: { subscription: Subscription }) {
  const t = useMessages().subscriptions
  const state = stateOf(subscription)
  return <StatusLabel {...looks[state]} label={t.states[state]} />
}
