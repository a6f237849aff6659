import { Sparkline } from '../charts/sparkline.tsx'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { share } from '../messages/share.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { atRisk, riskBelow } from './at-risk.ts'
import { Panel } from './panel.tsx'
import { Row, Rows } from './rows.tsx'
import type { OverviewSearch } from './search.ts'
import { useSubscriptionStats } from './use-figures.ts'

export function SubscriptionsAtRisk({ search }: { search: OverviewSearch }) {
  const t = useMessages().overview
  const query = useSubscriptionStats(search)
  const { nameOf } = useSubscriptionNames()
  return (
    <Panel title={t.atRisk} query={query} empty={t.noneAtRisk(share(riskBelow))}>
      {({ data }) => {
        const worst = atRisk(data)
        if (worst.length === 0) return undefined
        return (
          <Rows>
            {worst.map(({ subscriptionId, attempts, successRate, sparkline }) => {
              const name = nameOf(subscriptionId)
              return (
                <Row
                  key={subscriptionId}
                  title={
                    <TextLink size="sm" to="/subscriptions/$id" params={{ id: subscriptionId }}>
                      {name}
                    </TextLink>
                  }
                  middle={<Sparkline data={sparkline} label={t.sparkline(name)} />}
                  figure={share(successRate ?? 0)}
                  figureNote={t.attempts(attempts.total)}
                />
              )
            })}
          </Rows>
        )
      }}
    </Panel>
  )
}
