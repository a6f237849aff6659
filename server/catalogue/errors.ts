import { defineErrors } from '../kernel/errors.ts'

export const catalogueErrors = defineErrors({
  event_type_not_found: { status: 404, title: 'The catalogue has no such event type' },
  event_type_schema_invalid: { status: 422, title: 'The JSON Schema cannot be used' },
})
