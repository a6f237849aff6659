import type { Messages } from '../messages/use-messages.ts'

/** A filter as the console or as a replay of the API has it. */
export interface DescribedFilter {
  status?: readonly ('pending' | 'succeeded' | 'failed' | 'cancelled')[] | undefined
  subscriptionId?: readonly string[] | undefined
  eventType?: readonly string[] | undefined
  entityType?: readonly string[] | undefined
  entityId?: string | undefined
  eventId?: string | undefined
  statusCode?: readonly string[] | undefined
  outcome?: readonly string[] | undefined
  trigger?: readonly string[] | undefined
  minAttempts?: number | null | undefined
  maxAttempts?: number | null | undefined
  replayId?: string | undefined
}

/** "Failed deliveries of IssueCreated to billing answered with 5xx": a filter as people would say it, without its time. */
export function describeFilter(
  filter: DescribedFilter,
  t: Messages,
  subscriptionName: (id: string) => string,
): string {
  const words = t.replays.selector
  const list = (values: readonly string[] | undefined, say: (text: string) => string) =>
    values?.length ? say(values.join(words.or)) : undefined
  const entity = [filter.entityType?.join(words.or), filter.entityId].filter(Boolean).join(' ')
  const status = filter.status?.map((one) => t.statuses[one].toLowerCase()).join(words.or)
  const parts = [
    list(filter.eventType, words.ofTypes),
    entity && words.about(entity),
    filter.eventId && words.ofEvent(shortId(filter.eventId)),
    list(filter.subscriptionId?.map(subscriptionName), words.to),
    list(filter.statusCode, words.answered),
    list(named(filter.outcome, t.outcomes), words.ended),
    list(named(filter.trigger, t.replays.triggerWords), words.triggered),
    filter.minAttempts != null && words.attempts(filter.minAttempts),
    filter.maxAttempts != null && words.attemptsMax(filter.maxAttempts),
    filter.replayId && words.ofReplay(shortId(filter.replayId)),
  ].filter((part): part is string => Boolean(part))
  if (!status && parts.length === 0) return words.everything
  const sentence = [status, words.deliveries, ...parts].filter(Boolean).join(' ')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** The end of an id is what tells it from others of its time. */
export function shortId(id: string): string {
  return `…${id.slice(-8)}`
}

function named(codes: readonly string[] | undefined, words: Record<string, string>) {
  return codes?.map((code) => words[code] ?? code)
}
