import type { PosthornApiError } from '@posthorn/sdk'
import type { FormValues } from './form-values.ts'

type FieldIssue = PosthornApiError['issues'][number]
export type FieldName = keyof FormValues

/** Fields of the API that have another name in the form. */
const names: Record<string, FieldName> = {
  timeoutMs: 'timeoutSeconds',
  retry: 'waits',
  ordering: 'inOrder',
  organisationId: 'platform',
}

/** What the server found wrong, by the field where it can be mended. */
export function toFieldErrors(
  issues: readonly FieldIssue[],
  values: FormValues,
): Partial<Record<FieldName, string>> {
  const errors: Partial<Record<FieldName, string>> = {}
  for (const issue of issues) {
    const [root = '', ...rest] = issue.field.split('.')
    const name = names[root] ?? (root as FieldName)
    if (!(name in values)) continue
    const text = [subject(name, rest, values), issue.message, issue.fix && `– ${issue.fix}`]
    errors[name] ??= text.filter(Boolean).join(' ')
  }
  return errors
}

/** Which part of the field: the name of a header, the item of a list. */
function subject(name: FieldName, rest: readonly string[], values: FormValues): string {
  const value = values[name]
  const item = Array.isArray(value) ? value[Number(rest.at(-1))] : undefined
  return typeof item === 'string' ? item : rest.join('.')
}
