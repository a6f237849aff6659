import type { System } from '@posthorn/sdk'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { FactList } from '../ui/fact-list.tsx'
import { Section } from './section.tsx'

/** What a credential may ask, and what an organisation may have that was given nothing else. */
export function LimitsFacts({ settings }: Pick<System, 'settings'>) {
  const { limits: t } = useMessages().system
  const { rateLimits, quotas } = settings
  const facts = [
    [t.reads, rateLimits.readsPerMinute],
    [t.writes, rateLimits.writesPerMinute],
    [t.events, rateLimits.eventsPerMinute],
    [t.failures, rateLimits.failuresPerMinute],
    [t.eventsPerSecond, quotas.eventsPerSecond],
    [t.eventsBurst, quotas.eventsBurst],
    [t.subscriptions, quotas.subscriptions],
    [t.backlog, quotas.backlog],
  ] as const
  return (
    <Section title={t.title} note={t.note}>
      <FactList
        facts={facts.map(([name, limit]) => [name, limit === 0 ? t.unlimited : number(limit)])}
      />
    </Section>
  )
}
