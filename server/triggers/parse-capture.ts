import type { z } from 'zod'
import { fieldIssues } from '../http/field-issues.ts'
import { commonErrors } from '../kernel/errors.ts'

/** @throws validation_failed that names each field and its fix */
export async function parseCapture<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw commonErrors.validation_failed({
    detail: 'The triggers are not described as they should be.',
    issues: await fieldIssues(schema, input),
  })
}
