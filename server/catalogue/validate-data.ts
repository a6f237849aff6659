import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { FieldIssue } from '../kernel/errors.ts'
import { compileSchema } from './compile-schema.ts'
import { describeErrors } from './describe-errors.ts'

export { checkSchema } from './check-schema.ts'

/** Compiled schemas kept, some 10 KiB each; the one that was compiled first leaves first. */
const compiledMax = 500

export interface DataValidator {
  /**
   * Where `data` does not fit the schema, at most 20 issues with fields such as `data.status`. Pass
   * plain values, not `exact` ones. A version's schema never changes: it is compiled once.
   */
  validate(type: { name: string; version: number; schema: unknown }, data: unknown): FieldIssue[]
}

export function createDataValidator(): DataValidator {
  const compiled = new Map<string, ValidateFunction | Error>()

  function validatorOf(key: string, schema: unknown): ValidateFunction | Error {
    const known = compiled.get(key)
    if (known) return known
    const [oldest] = compiled.keys()
    if (oldest !== undefined && compiled.size >= compiledMax) compiled.delete(oldest)
    const validator = attempt(() => compileSchema(Object(schema)))
    compiled.set(key, validator)
    return validator
  }

  return {
    validate({ name, version, schema }, data) {
      const key = `${version}:${name}`
      const validator = validatorOf(key, schema)
      if (validator instanceof Error) return [brokenSchema(name, validator)]
      const isValid = attempt(() => validator(data))
      if (isValid instanceof Error) return [brokenSchema(name, isValid)]
      const issues = isValid ? [] : describeErrors('data', validator.errors ?? [])
      // ajv leaves them on the function, and they may hold a caller's data.
      validator.errors = null
      return issues
    },
  }
}

/** `checkSchema` keeps such schemas out; but anyone with SQL can write one into the table. */
function brokenSchema(name: string, error: Error): FieldIssue {
  return {
    field: 'eventType',
    message: `${name} has a schema that cannot be used: ${error.message}`,
    fix: `Put it right with PUT /v1/event-types/${name}.`,
  }
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
