import { SimpleGrid } from '@mantine/core'
import { number } from '../messages/number.ts'
import { share } from '../messages/share.ts'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { absoluteChange, pointChange, relativeChange } from './describe-change.ts'
import { QueueTile } from './queue-tile.tsx'
import type { OverviewSearch } from './search.ts'
import { Tile } from './tile.tsx'
import { useDeliveryStats } from './use-figures.ts'

export function Tiles({ search }: { search: OverviewSearch }) {
  const t = useMessages()
  const { data, error } = useDeliveryStats(search)
  const now = data?.totals
  const before = data?.previous
  const shared = data ? {} : { error }
  const orNone = (value: number | null | undefined, format: (value: number) => string) => {
    if (value === undefined) return undefined
    return value === null ? t.common.none : format(value)
  }
  const perDelivery = now && now.succeeded + now.failed
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      <Tile
        {...shared}
        label={t.overview.tiles.delivered}
        definition={t.overview.definitions.delivered}
        value={orNone(now?.succeeded, number)}
        change={now && relativeChange(now.succeeded, before?.succeeded)}
        note={now && now.failed > 0 && <span>{t.overview.failed(now.failed)}</span>}
      />
      <Tile
        {...shared}
        label={t.overview.tiles.successRate}
        definition={t.overview.definitions.successRate}
        value={orNone(now?.successRate, share)}
        change={now && before ? pointChange(now.successRate, before.successRate) : undefined}
        good="up"
      />
      <Tile
        {...shared}
        label={t.overview.tiles.attempts}
        definition={t.overview.definitions.attempts}
        value={orNone(now?.attempts.total, number)}
        change={now && relativeChange(now.attempts.total, before?.attempts.total)}
        note={
          now && perDelivery ? (
            <span>{t.overview.perDelivery(now.attempts.total / perDelivery)}</span>
          ) : null
        }
      />
      <Tile
        {...shared}
        label={t.overview.tiles.latency}
        definition={t.overview.definitions.latency}
        value={orNone(now?.p95Ms, describeDuration)}
        change={
          now && before ? absoluteChange(now.p95Ms, before.p95Ms, describeDuration) : undefined
        }
        good="down"
        note={now?.p50Ms ? <span>{t.overview.median(describeDuration(now.p50Ms))}</span> : null}
      />
      <QueueTile />
    </SimpleGrid>
  )
}
