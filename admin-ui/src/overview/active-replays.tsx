import { Progress } from '@mantine/core'
import type { Replay } from '@posthorn/sdk'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { TextLink } from '../ui/links.tsx'
import { Panel } from './panel.tsx'
import { Row, Rows } from './rows.tsx'
import { useRunningReplays } from './use-figures.ts'

export function ActiveReplays() {
  const t = useMessages().overview
  const query = useRunningReplays()
  return (
    <Panel
      title={t.replays}
      query={query}
      empty={t.noReplays}
      more={
        <TextLink size="sm" to="/replays">
          {t.allReplays}
        </TextLink>
      }
    >
      {({ data }) =>
        data.length === 0 ? undefined : (
          <Rows>
            {data.map((replay) => (
              <ReplayRow key={replay.id} replay={replay} />
            ))}
          </Rows>
        )
      }
    </Panel>
  )
}

function ReplayRow({ replay }: { replay: Replay }) {
  const t = useMessages().overview
  const { queued, estimate } = replay
  const share = estimate && estimate.willSend > 0 ? Math.min(queued / estimate.willSend, 1) : null
  return (
    <Row
      title={
        <TextLink size="sm" to="/replays/$id" params={{ id: replay.id }}>
          {t.replayStarted} <TimeText value={replay.createdAt} />
        </TextLink>
      }
      note={
        share !== null && (
          <Progress value={share * 100} size="sm" mt={6} aria-label={t.replayProgress} />
        )
      }
      figure={number(queued)}
      figureNote={
        estimate && t.ofQueued(number(estimate.willSend) + (estimate.complete ? '' : '+'))
      }
    />
  )
}
