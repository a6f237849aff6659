import type { FieldIssue } from '../api-error.ts'

/** As the API: levels of objects and arrays, the event itself included. */
const depthMax = 64

type Fault = Omit<FieldIssue, 'field'> & { path: string[] }

const faults = {
  character: {
    message: 'holds U+0000 or half of a surrogate pair, which Postgres cannot store',
    fix: 'Remove it, or send binary content as base64.',
  },
  number: { message: 'is NaN or infinite, which JSON cannot say', fix: 'Send null or a string.' },
  bigint: { message: 'is a bigint, which JSON cannot say', fix: 'Send it as a string.' },
  depth: {
    message: `goes deeper than ${depthMax} levels, or refers to itself`,
    fix: 'Flatten the value.',
  },
}

/** The first thing in a value that JSON or Postgres cannot hold, with its path. What JSON leaves out does not matter. */
export function findUnstorable(value: unknown): FieldIssue | undefined {
  const fault = find(value, 1)
  if (!fault) return undefined
  const { path, ...rest } = fault
  return { field: path.join('.').slice(0, 256), ...rest }
}

function find(value: unknown, depth: number): Fault | undefined {
  switch (typeof value) {
    case 'string':
      return isStorable(value) ? undefined : { path: [], ...faults.character }
    case 'number':
      return Number.isFinite(value) ? undefined : { path: [], ...faults.number }
    case 'bigint':
      return { path: [], ...faults.bigint }
    case 'object':
      return value === null ? undefined : findIn(value, depth)
    default:
      return undefined
  }
}

function findIn(value: object, depth: number): Fault | undefined {
  if (depth > depthMax) return { path: [], ...faults.depth }
  // Dates, decimals and the like say themselves what they are in JSON.
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return find(value.toJSON(), depth + 1)
  for (const [key, child] of Object.entries(value)) {
    // Printed as JSON would, so that the path itself holds nothing unprintable.
    const name = JSON.stringify(key).slice(1, -1)
    if (!isStorable(key)) return { path: [name], ...faults.character }
    const fault = find(child, depth + 1)
    // Of what is too deep, the path would be sixty names long.
    if (fault)
      return fault.message === faults.depth.message && depth > 1
        ? fault
        : { ...fault, path: [name, ...fault.path] }
  }
  return undefined
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
