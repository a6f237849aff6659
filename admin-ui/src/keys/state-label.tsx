import { Ban, CircleCheck, TimerOff, TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useNow } from '../time/use-now.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import { stateOf } from './credential-state.ts'

const looks = {
  active: { icon: CircleCheck, tone: 'good' },
  expiring: { icon: TriangleAlert, tone: 'waiting' },
  expired: { icon: TimerOff, tone: 'off' },
  revoked: { icon: Ban, tone: 'off' },
} as const

interface Props {
  expiresAt: string | null
  revokedAt: string | null
  /** How long before its end it is told that it ends. @default 0 */
  soonMs?: number
}

export function CredentialStateLabel({ soonMs, ...credential }: Props) {
  const state = stateOf(credential, useNow(), soonMs)
  return <StatusLabel {...looks[state]} label={useMessages().keys.states[state]} />
}
