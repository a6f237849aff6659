import { Sparkline } from '../charts/sparkline.tsx'
import { number } from '../messages/number.ts'
import { share } from '../messages/share.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { Panel } from './panel.tsx'
import { Row, Rows } from './rows.tsx'
import { type OverviewSearch, rangeOf } from './search.ts'
import { useOrganisationStats } from './use-figures.ts'

/** For the operator: the way into each organisation. */
export function BusiestOrganisations({ search }: { search: OverviewSearch }) {
  const t = useMessages().overview
  const query = useOrganisationStats(search)
  return (
    <Panel
      title={t.organisations}
      query={query}
      empty={t.noAttempts}
      more={
        <TextLink size="sm" to="/organisations">
          {t.allOrganisations}
        </TextLink>
      }
    >
      {({ data }) =>
        data.length === 0 ? undefined : (
          <Rows>
            {data.map(({ organisationId, name, attempts, successRate, sparkline }) => (
              <Row
                key={organisationId}
                title={
                  <TextLink size="sm" to="/" search={{ ...rangeOf(search), organisationId }}>
                    {name ?? organisationId}
                  </TextLink>
                }
                middle={<Sparkline data={sparkline} label={t.sparkline(name ?? organisationId)} />}
                figure={number(attempts.total)}
                figureNote={successRate !== null && t.succeeded(share(successRate))}
              />
            ))}
          </Rows>
        )
      }
    </Panel>
  )
}
