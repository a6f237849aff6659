import { defineErrors } from '../kernel/errors.ts'

export const importErrors = defineErrors({
  import_mapping_invalid: { status: 422, title: 'The mapping does not fit the table' },
})
