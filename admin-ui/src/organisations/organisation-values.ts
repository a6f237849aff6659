import type { Organisation, OrganisationInput } from '@posthorn/sdk'

export const quotaNames = ['subscriptions', 'backlog', 'eventsPerSecond', 'eventsBurst'] as const

type QuotaName = (typeof quotaNames)[number]

/** What the form holds; a field that is empty has no text. */
export interface OrganisationValues {
  id: string
  name: string
  quotas: Record<QuotaName, number | ''>
}

export function toValues(organisation: Organisation | undefined): OrganisationValues {
  const { id = '', name, quotas } = organisation ?? {}
  return { id, name: name ?? '', quotas: eachQuota((quota) => quotas?.[quota] ?? '') }
}

/** Only the quotas that were changed: what somebody else gave meanwhile stays. */
export function toInput(values: OrganisationValues, before: OrganisationValues): OrganisationInput {
  const changed = quotaNames
    .filter((name) => values.quotas[name] !== before.quotas[name])
    .map((name) => [name, values.quotas[name] === '' ? null : values.quotas[name]])
  return {
    name: values.name.trim(),
    ...(changed.length > 0 && { quotas: Object.fromEntries(changed) }),
  }
}

function eachQuota<Value>(of: (name: QuotaName) => Value): Record<QuotaName, Value> {
  return {
    subscriptions: of('subscriptions'),
    backlog: of('backlog'),
    eventsPerSecond: of('eventsPerSecond'),
    eventsBurst: of('eventsBurst'),
  }
}
