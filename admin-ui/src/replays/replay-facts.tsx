import type { ReplayDetail } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { Time } from '../time/time.tsx'
import { CopyValue } from '../ui/copy-value.tsx'
import { Facts } from '../ui/facts.tsx'
import { describeActor, describeRate } from './describe-replay.ts'
import { usePace } from './use-pace.ts'

export function ReplayFacts({ replay, lookedAtMs }: { replay: ReplayDetail; lookedAtMs: number }) {
  const t = useMessages()
  const words = t.replays.facts
  const { id, mode, ratePerSecond, createdBy, createdAt, finishedAt, estimate } = replay
  const { queuedPerSecond, leftMs } = usePace(replay, lookedAtMs)
  const running = replay.status === 'running'
  const left = leftMs === undefined ? t.replays.etaUnknown : describeDuration(leftMs)
  const pace =
    queuedPerSecond === undefined ? t.replays.etaUnknown : t.replays.throughput(queuedPerSecond)
  return (
    <Facts
      facts={[
        ...(running
          ? ([
              [words.throughput, pace],
              [words.eta, left],
            ] as const)
          : []),
        [words.mode, t.replays.modes[mode]],
        [words.rate, describeRate(ratePerSecond, t.replays)],
        [
          words.estimate,
          estimate ? t.replays.estimate(estimate.willSend, estimate.complete) : t.common.none,
        ],
        [words.created, <Time key="created" value={createdAt} />],
        ...(finishedAt
          ? ([[words.finished, <Time key="finished" value={finishedAt} />]] as const)
          : []),
        [words.by, describeActor(createdBy, t)],
        [
          words.id,
          <CopyValue
            key="id"
            value={id}
            short={`${id.slice(0, 8)}…${id.slice(-4)}`}
            label={words.id}
          />,
        ],
      ]}
    />
  )
}
