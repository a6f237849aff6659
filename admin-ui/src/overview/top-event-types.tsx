import { Sparkline } from '../charts/sparkline.tsx'
import { number } from '../messages/number.ts'
import { share } from '../messages/share.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { Panel } from './panel.tsx'
import { Row, Rows } from './rows.tsx'
import type { OverviewSearch } from './search.ts'
import { useEventTypeStats } from './use-figures.ts'

/** Which event types are sent most. */
export function TopEventTypes({ search }: { search: OverviewSearch }) {
  const t = useMessages().overview
  const query = useEventTypeStats(search)
  return (
    <Panel title={t.eventTypes} query={query} empty={t.noAttempts}>
      {({ data }) => {
        const busy = data.filter(({ attempts }) => attempts.total > 0)
        if (busy.length === 0) return undefined
        return (
          <Rows>
            {busy.map(({ eventType, attempts, successRate, sparkline }) => (
              <Row
                key={eventType}
                title={
                  <TextLink size="sm" to="/catalogue/$name" params={{ name: eventType }}>
                    {eventType}
                  </TextLink>
                }
                middle={<Sparkline data={sparkline} label={t.sparkline(eventType)} />}
                figure={number(attempts.total)}
                figureNote={successRate !== null && t.succeeded(share(successRate))}
              />
            ))}
          </Rows>
        )
      }}
    </Panel>
  )
}
