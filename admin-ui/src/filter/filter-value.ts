import {
  type DeliveryFilterSearch,
  deliveryFilterSearch,
  deliveryStatuses,
  filterFields,
  outcomes,
  triggers,
} from './delivery-filter.ts'

const timeFields = ['last', 'since', 'until'] as const
export type FilterField = Exclude<keyof DeliveryFilterSearch, (typeof timeFields)[number]>

/** One chip: `status:failed`. */
export interface FilterValue {
  field: FilterField
  value: string
}

/** All that narrows but time, which has a place of its own. */
export const valueFields = filterFields.filter(
  (field): field is FilterField => !(timeFields as readonly string[]).includes(field),
)

/** Fields whose values are known beforehand. */
export const knownValues: Partial<Record<FilterField, readonly string[]>> = {
  status: deliveryStatuses,
  outcome: outcomes,
  trigger: triggers,
  statusCode: ['2xx', '3xx', '4xx', '5xx'],
}

export function valuesOf(search: DeliveryFilterSearch): FilterValue[] {
  return valueFields.flatMap((field) =>
    [search[field] ?? []].flat().map((value) => ({ field, value: String(value) })),
  )
}

/** One more value; in a field that takes but one, instead of the other. What is not valid changes nothing. */
export function addValue<Search extends DeliveryFilterSearch>(
  search: Search,
  { field, value }: FilterValue,
): Search {
  const old = search[field]
  const wanted = Array.isArray(old) ? [...new Set([...old, value])] : value
  const valid = deliveryFilterSearch.parse({ [field]: wanted })[field]
  return valid === undefined ? search : { ...search, [field]: valid }
}

export function removeValue<Search extends DeliveryFilterSearch>(
  search: Search,
  { field, value }: FilterValue,
): Search {
  const old = search[field]
  const left = Array.isArray(old) ? old.filter((one) => one !== value) : []
  return { ...search, [field]: left.length > 0 ? left : undefined }
}

export function toggleValue<Search extends DeliveryFilterSearch>(
  search: Search,
  one: FilterValue,
): Search {
  return hasValue(search, one) ? removeValue(search, one) : addValue(search, one)
}

export function hasValue(search: DeliveryFilterSearch, { field, value }: FilterValue): boolean {
  return [search[field] ?? []].flat().some((one) => String(one) === value)
}

/** What was typed, as `key:value`; undefined while it is neither complete nor valid. */
export function parseTyped(text: string): FilterValue | undefined {
  const [, key = '', value = ''] = /^\s*(\w+)\s*:\s*(.*?)\s*$/.exec(text) ?? []
  const field = valueFields.find((one) => one.toLowerCase() === key.toLowerCase())
  if (field === undefined || value === '') return undefined
  const parsed = deliveryFilterSearch.parse({ [field]: value })[field]
  return parsed === undefined ? undefined : { field, value }
}
