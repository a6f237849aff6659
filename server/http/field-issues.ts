import type { z } from 'zod'
import type { FieldIssue } from '../kernel/errors.ts'
import { closestName } from './closest-name.ts'
import { describeIssue, fixOfIssue } from './describe-issue.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/** More would not help the reader, and a batch can have thousands. */
const issuesMax = 50

/**
 * Says what is wrong with `input`. Parses it again, since only the error map sees the schema that
 * raised an issue; the messages of a schema's own win over the ones made here.
 */
export async function fieldIssues(schema: z.ZodType, input: unknown): Promise<FieldIssue[]> {
  const allowedKeys = new WeakMap<readonly string[], string[]>()
  const result = await schema.safeParseAsync(input, {
    reportInput: true,
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') allowedKeys.set(issue.keys, keysOf(issue))
      return describeIssue(issue)
    },
  })
  if (result.success) return []
  return result.error.issues.flatMap((issue) => explain(issue, [], allowedKeys)).slice(0, issuesMax)
}

function explain(
  issue: Issue,
  parent: PropertyKey[],
  allowedKeys: WeakMap<readonly string[], string[]>,
): FieldIssue[] {
  const path = [...parent, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys.get(issue.keys) ?? []
    return issue.keys.map((key) => unknownField([...path, key], key, allowed))
  }
  const branch = issue.code === 'invalid_union' ? likeliestBranch(issue.errors) : undefined
  if (branch) return branch.flatMap((inner) => explain(inner, path, allowedKeys))
  const fix = fixOfIssue(issue)
  return [{ field: fieldOf(path), message: issue.message, ...(fix !== undefined && { fix }) }]
}

function unknownField(path: PropertyKey[], key: string, allowed: string[]): FieldIssue {
  const meant = closestName(key, allowed)
  const list = allowed.length > 0 ? `Allowed here: ${allowed.join(', ')}.` : 'Leave it out.'
  return {
    field: fieldOf(path),
    message: 'is not a known field',
    fix: meant === undefined ? list : `Did you mean ${meant}? ${list}`,
  }
}

/** Of several shapes, the one that the input came closest to; none if it had the wrong type for all. */
function likeliestBranch(branches: Issue[][]): Issue[] | undefined {
  const isOfType = (branch: Issue[]) =>
    !branch.some(
      (issue) =>
        issue.path.length === 0 &&
        (issue.code === 'invalid_type' || issue.code === 'invalid_value'),
    )
  return branches.filter(isOfType).sort((a, b) => a.length - b.length)[0]
}

function keysOf(issue: RawIssue): string[] {
  const def = issue.inst?._zod.def
  const shape = def && 'shape' in def ? def.shape : undefined
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}

/** Keys are the caller's own text: cut off, so that an answer cannot be made as long as its request. */
function fieldOf(path: PropertyKey[]): string {
  return path.map(String).join('.').slice(0, 256)
}
