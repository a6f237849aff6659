import type { FailureGroup, FailureGroups } from '@posthorn/sdk'
import { CircleX, RotateCw } from 'lucide-react'
import { failureWords } from '../failures/failure-words.ts'
import { useSubscriptionNames } from '../filter/use-subscription-names.ts'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { TextLink } from '../ui/links.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { Panel } from './panel.tsx'
import { Row, Rows } from './rows.tsx'
import { type OverviewSearch, rangeOf } from './search.ts'
import { useFailureGroups } from './use-figures.ts'

const groupsMax = 5

/** The largest failure groups, and the newest failure of all. */
export function FailingNow({ search }: { search: OverviewSearch }) {
  const t = useMessages().overview
  const query = useFailureGroups(search)
  return (
    <Panel
      title={t.failing}
      query={query}
      empty={t.noFailures}
      more={
        <TextLink size="sm" to="/failures" search={rangeOf(search)}>
          {t.allFailures}
        </TextLink>
      }
    >
      {(answer) =>
        answer.data.length > 0 ? <Groups answer={answer} search={search} /> : undefined
      }
    </Panel>
  )
}

function Groups({ answer, search }: { answer: FailureGroups; search: OverviewSearch }) {
  const t = useMessages()
  const { nameOf } = useSubscriptionNames()
  const newest = answer.data.reduce((one, other) => (other.newestAt > one.newestAt ? other : one))
  return (
    <>
      <Rows>
        {answer.data.slice(0, groupsMax).map((group) => (
          <Row
            key={group.id}
            title={
              <TextLink
                size="sm"
                to="/failures"
                search={{ ...rangeOf(search), group: group.id }}
                c="inherit"
              >
                <StatusLabel
                  icon={group.failed > 0 ? CircleX : RotateCw}
                  tone={group.failed > 0 ? 'bad' : 'waiting'}
                  label={failureWords(group, t)}
                />
              </TextLink>
            }
            note={nameOf(group.subscriptionId)}
            figure={number(group.count)}
            figureNote={<TimeText value={group.newestAt} />}
          />
        ))}
      </Rows>
      <LastFailure group={newest} />
    </>
  )
}

/** One step to what was sent and answered, two to its curl command. */
function LastFailure({ group }: { group: FailureGroup }) {
  const t = useMessages().overview
  return (
    <TextLink size="sm" to="/deliveries/$id" params={{ id: group.deliveryId }} mt="auto">
      {t.lastFailure} <TimeText value={group.newestAt} />
    </TextLink>
  )
}
