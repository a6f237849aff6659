import type { Replay } from '@posthorn/sdk'
import { Ban, CircleCheck, CirclePause, CircleX, RotateCw } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'

const looks = {
  running: { icon: RotateCw, tone: 'info' },
  paused: { icon: CirclePause, tone: 'waiting' },
  completed: { icon: CircleCheck, tone: 'good' },
  cancelled: { icon: Ban, tone: 'off' },
  failed: { icon: CircleX, tone: 'bad' },
} as const

export function ReplayStatusLabel({ status }: { status: Replay['status'] }) {
  return <StatusLabel {...looks[status]} label={useMessages().replayStatuses[status]} />
}
