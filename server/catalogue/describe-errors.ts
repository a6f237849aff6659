import type { ErrorObject } from 'ajv/dist/2020.js'
import type { FieldIssue } from '../kernel/errors.ts'

/** More would not help the reader. */
const issuesMax = 20

/** Longest path that is repeated to the caller, who may have sent a key of any length. */
const fieldLengthMax = 256

/** ajv's errors as issues whose fields start with `root`: `data.status`. */
export function describeErrors(root: string, errors: readonly ErrorObject[]): FieldIssue[] {
  const issues = new Map<string, FieldIssue>()
  for (const error of errors) {
    if (issues.size === issuesMax) break
    const issue = describe(root, error)
    // Branches of an anyOf say the same thing more than once.
    issues.set(`${issue.field} ${issue.message}`, issue)
  }
  return [...issues.values()]
}

function describe(
  root: string,
  { instancePath, keyword, params, message }: ErrorObject,
): FieldIssue {
  const at = (key?: unknown) => fieldOf(root, instancePath, key)
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return { field: at(params['missingProperty']), message: 'is required' }
    case 'additionalProperties':
      return unknownField(at(params['additionalProperty']))
    case 'unevaluatedProperties':
      return unknownField(at(params['unevaluatedProperty']))
    case 'type':
      return { field: at(), message: `must be ${[params['type']].flat().join(' or ')}` }
    case 'enum':
      return {
        field: at(),
        message: 'is not one of the allowed values',
        fix: oneOf(params['allowedValues']),
      }
    case 'const':
      return {
        field: at(),
        message: 'is not the allowed value',
        fix: oneOf([params['allowedValue']]),
      }
    default:
      return { field: at(), message: message ?? `fails ${keyword}` }
  }
}

function unknownField(field: string): FieldIssue {
  return {
    field,
    message: 'is not a field of this schema',
    fix: 'Leave it out, or add it to the schema.',
  }
}

function oneOf(values: unknown): string {
  const list = (Array.isArray(values) ? values : []).map((value) => JSON.stringify(value))
  const shown = list.slice(0, 12).join(', ').slice(0, 500)
  return `Use ${list.length > 1 ? 'one of ' : ''}${shown}${list.length > 12 ? ', …' : ''}.`
}

/** A JSON Pointer (RFC 6901) as the dotted path that every other error uses. */
function fieldOf(root: string, pointer: string, key?: unknown): string {
  const steps = pointer.split('/').slice(1)
  const names = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return [root, ...names, ...(key === undefined ? [] : [key])].join('.').slice(0, fieldLengthMax)
}
