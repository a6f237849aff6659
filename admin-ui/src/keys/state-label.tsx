import { Ban, CircleCheck, TimerOff } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useNow } from '../time/use-now.ts'
import { StatusLabel } from '../ui/status-label.tsx'
import { stateOf } from './credential-state.ts'

const looks = {
  active: { icon: CircleCheck, tone: 'good' },
  expired: { icon: TimerOff, tone: 'off' },
  revoked: { icon: Ban, tone: 'off' },
} as const

interface Props {
  expiresAt: string | null
  revokedAt: string | null
}

export function CredentialStateLabel(credential: Props) {
  const state = stateOf(credential, useNow())
  return <StatusLabel {...looks[state]} label={useMessages().keys.states[state]} />
}
