import type { Messages } from '../../messages/use-messages.ts'
import { toFilter } from './filter-draft.ts'
import type { FormValues } from './form-values.ts'
import { parseWait } from './retry-schedule.ts'

const waitMaxSeconds = 604_800

/** What the server could not even be asked; everything else it says itself. */
export function validateForm(values: FormValues, t: Messages['subscriptionForm']) {
  const waits = values.ownRetry ? values.waits : []
  const wrong = waits.find((wait) => !isWait(wait))
  return {
    eventTypes: !values.everyEventType && values.eventTypes.length === 0 && t.eventTypes.required,
    filter: !isReadable(values) && t.filter.invalidJson,
    waits: wrong !== undefined && `${wrong} ${t.retry.waitInvalid}`,
  }
}

function isWait(text: string): boolean {
  const seconds = parseWait(text)
  return seconds !== undefined && seconds >= 1 && seconds <= waitMaxSeconds
}

export function isReadable({ filter }: FormValues): boolean {
  try {
    toFilter(filter)
    return true
  } catch {
    return false
  }
}
