import type { Subscription, SubscriptionInput, SubscriptionPatch } from '@posthorn/sdk'
import { type FilterDraft, fromFilter, noFilter, toFilter } from './filter-draft.ts'
import { parseWait, printWait } from './retry-schedule.ts'

export interface Pair {
  key: string
  name: string
  value: string
}

/** What is in the fields. */
export interface FormValues {
  /** Whether its deliveries are fetched: then it has no URL. */
  pulled: boolean
  url: string
  description: string
  uid: string
  /** Every organisation's events, rather than those of one. */
  platform: boolean
  /** None stands for all. */
  entityTypes: string[]
  everyEventType: boolean
  eventTypes: string[]
  entityIds: string[]
  filter: FilterDraft
  ownRetry: boolean
  waits: string[]
  timeoutSeconds: number | ''
  rateLimit: number | ''
  inOrder: boolean
  signing: Subscription['signing']
  headers: Pair[]
  metadata: Pair[]
}

export const emptyForm: FormValues = {
  pulled: false,
  url: '',
  description: '',
  uid: '',
  platform: false,
  entityTypes: [],
  everyEventType: true,
  eventTypes: [],
  entityIds: [],
  filter: noFilter,
  ownRetry: false,
  waits: [],
  timeoutSeconds: '',
  rateLimit: '',
  inOrder: false,
  signing: 'hmac',
  headers: [],
  metadata: [],
}

/** All settings but who owns it. */
export type Settings = Required<SubscriptionPatch>

/** @throws SyntaxError when the filter is no JSON */
export function toSettings(values: FormValues): Settings {
  return {
    url: values.pulled ? null : values.url.trim(),
    description: values.description.trim() || null,
    uid: values.uid.trim() || null,
    ...toCriteria(values),
    retry: values.ownRetry
      ? { scheduleSeconds: values.waits.flatMap((wait) => parseWait(wait) ?? []) }
      : null,
    timeoutMs:
      values.pulled || values.timeoutSeconds === ''
        ? null
        : Math.round(values.timeoutSeconds * 1000),
    rateLimit: values.pulled || values.rateLimit === '' ? null : values.rateLimit,
    ordering: values.inOrder ? 'entity' : 'none',
    signing: values.pulled ? 'hmac' : values.signing,
    headers: values.pulled ? {} : toRecord(values.headers),
    metadata: toRecord(values.metadata),
  }
}

/** Which events it asks for. @throws SyntaxError when the filter is no JSON */
export function toCriteria(values: FormValues) {
  return {
    entityTypes: orNull(values.entityTypes),
    eventTypes: values.everyEventType ? null : orNull(values.eventTypes),
    entityIds: orNull(values.entityIds),
    filter: toFilter(values.filter),
  }
}

/** @throws SyntaxError when the filter is no JSON */
export function toInput(values: FormValues, organisationId: string | null): SubscriptionInput {
  const { uid, ...settings } = toSettings(values)
  const mode = values.pulled ? ('pull' as const) : ('webhook' as const)
  return { ...settings, mode, ...(uid !== null && { uid }), organisationId }
}

export function fromSubscription(subscription: Subscription): FormValues {
  return {
    pulled: subscription.mode === 'pull',
    url: subscription.url ?? '',
    description: subscription.description ?? '',
    uid: subscription.uid ?? '',
    platform: subscription.organisationId === null,
    entityTypes: subscription.entityTypes ?? [],
    everyEventType: subscription.eventTypes === null,
    eventTypes: subscription.eventTypes ?? [],
    entityIds: subscription.entityIds ?? [],
    filter: fromFilter(subscription.filter),
    ownRetry: subscription.retry !== null,
    waits: subscription.retry?.scheduleSeconds.map(printWait) ?? [],
    timeoutSeconds: subscription.timeoutMs === null ? '' : subscription.timeoutMs / 1000,
    rateLimit: subscription.rateLimit ?? '',
    inOrder: subscription.ordering === 'entity',
    signing: subscription.signing,
    headers: toPairs(subscription.headers),
    metadata: toPairs(subscription.metadata),
  }
}

/** The settings that differ: only these are sent, so that what others changed stays. */
export function changesBetween(before: Settings, after: Settings): SubscriptionPatch {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Settings]),
  )
  return Object.fromEntries(changed)
}

function orNull(list: string[]): string[] | null {
  return list.length === 0 ? null : list
}

function toRecord(pairs: readonly Pair[]): Record<string, string> {
  const named = pairs.filter(({ name }) => name.trim() !== '')
  return Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]))
}

function toPairs(record: Record<string, string>): Pair[] {
  return Object.entries(record).map(([name, value], index) => ({ key: String(index), name, value }))
}
