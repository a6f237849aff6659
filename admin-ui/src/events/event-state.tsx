import type { Event } from '@posthorn/sdk'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'

const looks = {
  published: { icon: CircleCheck, tone: 'good' },
  waiting: { icon: CircleDashed, tone: 'waiting' },
  failed: { icon: CircleX, tone: 'bad' },
} as const

/** Whether its deliveries were made. */
export function EventState({ event }: { event: Pick<Event, 'publishedAt' | 'publishError'> }) {
  const state = event.publishError ? 'failed' : event.publishedAt ? 'published' : 'waiting'
  return <StatusLabel {...looks[state]} label={useMessages().events.states[state]} />
}
