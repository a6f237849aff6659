import type { Replay } from '@posthorn/sdk'
import type { Messages } from '../messages/use-messages.ts'
import { describeFilter, shortId } from './describe-selector.ts'

/** What a replay is about. */
export function describeReplay(
  { filter, selected }: Pick<Replay, 'filter' | 'selected'>,
  t: Messages,
  subscriptionName: (id: string) => string,
): string {
  return filter
    ? describeFilter(filter, t, subscriptionName)
    : t.replays.selector.selected(selected ?? 0)
}

/** `api_key:019a…` in words. */
export function describeActor(createdBy: string | null, t: Messages): string {
  if (createdBy === null) return t.common.none
  const [kind = '', id = ''] = createdBy.split(/:(.*)/s)
  return `${t.replays.createdBy[kind] ?? kind} ${shortId(id)}`
}

export function describeRate(rate: number | null, t: Messages['replays']): string {
  return rate === null ? t.unlimitedShort : t.perSecond(rate)
}
