import { type FilterValue, knownValues, parseTyped, valueFields } from './filter-value.ts'

/** What may be chosen, and how often it occurs, where that is known. */
export interface Choice {
  value: string
  label: string
  count?: number | undefined
}

export type ChoicesOf = Partial<Record<FilterValue['field'], readonly Choice[]>>

export type Suggestion =
  | { kind: 'field'; field: FilterValue['field'] }
  | ({ kind: 'value' } & FilterValue & Pick<Choice, 'label' | 'count'>)

const suggestionsMax = 12
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What somebody who typed this may mean: fields, values that occur, and the very thing if it is a value. */
export function suggest(typed: string, choices: ChoicesOf): Suggestion[] {
  const text = typed.trim()
  const exact = parseTyped(text)
  const separator = text.indexOf(':')
  const key = (separator < 0 ? '' : text.slice(0, separator)).trim().toLowerCase()
  const wanted = text
    .slice(separator + 1)
    .trim()
    .toLowerCase()
  const fields =
    separator < 0 ? valueFields.filter((field) => field.toLowerCase().includes(wanted)) : []
  const from = valueFields.filter((field) =>
    key === '' ? wanted !== '' : field.toLowerCase() === key,
  )
  const values = from.flatMap((field) =>
    (choices[field] ?? known(field))
      .filter(({ value, label }) => `${value}\n${label}`.toLowerCase().includes(wanted))
      .map((choice) => ({ kind: 'value' as const, field, ...choice })),
  )
  const guesses = [...(exact ? [exact] : []), ...(separator < 0 ? guessFields(text) : [])]
    .filter((one) => !values.some(({ field, value }) => field === one.field && value === one.value))
    .map((one) => ({ kind: 'value' as const, ...one, label: one.value }))
  return [
    ...guesses,
    ...fields.map((field) => ({ kind: 'field' as const, field })),
    ...values,
  ].slice(0, suggestionsMax)
}

/** A bare value tells by its form what it can be. */
function guessFields(text: string): FilterValue[] {
  if (guid.test(text)) {
    return (['entityId', 'eventId', 'subscriptionId', 'replayId'] as const).map((field) => ({
      field,
      value: text,
    }))
  }
  if (/^[1-5](\d\d|xx)$/.test(text)) return [{ field: 'statusCode', value: text }]
  return /^[A-Za-z][\w.-]*\*?$/.test(text)
    ? [{ field: 'eventType', value: text.endsWith('*') ? text : `${text}*` }]
    : []
}

const known = (field: FilterValue['field']): Choice[] =>
  (knownValues[field] ?? []).map((value) => ({ value, label: value }))
