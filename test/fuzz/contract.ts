import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** The part of JSON Schema that our own document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
}

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  required?: boolean
  schema: Schema
}

interface Documented {
  parameters?: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
  security?: object[]
}

export interface Document {
  paths: Record<string, Record<string, Documented>>
  components: { schemas: Record<string, Schema> }
}

export interface Operation extends Documented {
  /** As `POST /v1/events`. */
  name: string
  method: string
  path: string
  isSecured: boolean
}

export interface Received {
  status: number
  /** Media type without its parameters; empty when there is none. */
  type: string
  headers: Record<string, unknown>
  text: string
}

export interface Contract {
  operations: Operation[]
  resolve(schema: Schema): Schema
  /** What is wrong with an answer: nothing, if the document promises it. */
  judge(operation: Operation, received: Received): string | undefined
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** What an OpenAPI document promises, as something that answers can be held against. */
export function contractOf(document: Document): Contract {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  ajv.addSchema({ $id: 'openapi', components: document.components })
  const validators = new Map<Schema, ValidateFunction>()

  function validatorOf(schema: Schema): ValidateFunction {
    const known = validators.get(schema)
    if (known) return known
    const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')
    const validate = ajv.compile(JSON.parse(text))
    validators.set(schema, validate)
    return validate
  }

  const operations = Object.entries(document.paths).flatMap(([path, members]) =>
    Object.entries(members)
      .filter(([method]) => methods.includes(method))
      .map(([method, documented]) => ({
        ...documented,
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        isSecured: (documented.security ?? []).length > 0,
      })),
  )

  return {
    operations,
    resolve(schema) {
      const name = schema.$ref?.split('/').at(-1)
      return name === undefined ? schema : (document.components.schemas[name] ?? {})
    },
    judge(operation, { status, type, text }) {
      const response = operation.responses[String(status)]
      if (response === undefined) return `the status ${status} is not documented`
      if (response.content === undefined) return text === '' ? undefined : 'there is a body'
      const media = response.content[type]
      if (media === undefined) return `the type ${type || '(none)'} is not documented`
      // Streams of several values: what is in them is tested in their own rooms.
      if (!media.schema || !/^application\/(problem\+)?json$/.test(type)) return undefined
      const validate = validatorOf(media.schema)
      return validate(JSON.parse(text)) ? undefined : ajv.errorsText(validate.errors)
    },
  }
}

/** What is wrong with a refusal, whatever was asked. */
export function judgeRefusal({ status, type, headers, text }: Received): string | undefined {
  if (status >= 500) return 'the server failed'
  if (status < 400) return undefined
  if (type !== 'application/problem+json') return `a refusal of the type ${type || '(none)'}`
  const problem = JSON.parse(text)
  if (problem.status !== status) return 'the problem names another status'
  if (!/^[a-z][a-z_]+$/.test(problem.code)) return 'the problem has no code'
  if (problem.type !== `urn:posthorn:error:${problem.code}`) return 'type and code differ'
  if (typeof problem.requestId !== 'string' || problem.requestId !== headers['x-request-id'])
    return 'the problem does not name its request'
  return /\.ts:\d+|node_modules|\bselect\b.+\bfrom\b/i.test(text)
    ? 'the problem tells of the inside'
    : undefined
}
