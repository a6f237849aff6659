import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** An ajv that loads nothing and logs nothing. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    // Without it `required: ['constructor']` holds for every object.
    ownProperties: true,
    // Done by `checkSchema`, where what is wrong can be reported by field.
    validateSchema: false,
    logger: false,
  })
  addFormats.default(ajv)
  return ajv
}

/**
 * Each schema gets an ajv of its own: that costs little, and shared ones never forget a schema and
 * refuse a second one with the same `$id`.
 *
 * @throws Error with ajv's words when the schema does not compile
 */
export function compileSchema(schema: object): ValidateFunction {
  // Its validator would answer with a promise, and a promise is always true.
  if ('$async' in schema) throw new Error('$async is not supported')
  return newAjv().compile(schema)
}
