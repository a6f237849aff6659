import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** An ajv that loads nothing, logs nothing and forgets `$id`s, so that two versions may share one. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    // Without it `required: ['constructor']` holds for every object.
    ownProperties: true,
    addUsedSchema: false,
    // Checked by `checkSchema`, where it can be reported by field.
    validateSchema: false,
    logger: false,
  })
  addFormats.default(ajv)
  return ajv
}

/** @throws Error with ajv's words when the schema does not compile */
export function compileSchema(ajv: Ajv2020, schema: object): ValidateFunction {
  // Its validator would answer with a promise, and a promise is always true.
  if ('$async' in schema) throw new Error('$async is not supported')
  return ajv.compile(schema)
}
