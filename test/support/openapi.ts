import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: object
}

const document = parse(readFileSync('openapi.yaml', 'utf8')) as Document
const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema({ $id: 'openapi', components: document.components })
const validators = new Map<string, ValidateFunction>()

/** Every operation of the document: method, path template and what it may answer. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    operation,
  })),
)

/** Throws when a response is not one that openapi.yaml promises for its operation. */
export function checkResponse(
  method: string,
  path: string,
  status: number,
  type: string,
  text: string,
): void {
  const found = operations
    .filter((one) => one.method === method && templateMatches(one.path, path))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]
  if (!found) return
  const name = `${method} ${found.path} → ${status}`
  const response = found.operation.responses[String(status)]
  if (!response) throw new Error(`${name} is not documented: ${text}`)
  const schema = response.content?.[type.split(';')[0] ?? '']?.schema
  if (!schema) {
    if (text === '' && !response.content) return
    throw new Error(`${name} has the undocumented type ${type}`)
  }
  let validate = validators.get(name)
  if (!validate) {
    validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')),
    )
    validators.set(name, validate)
  }
  if (!validate(JSON.parse(text)))
    throw new Error(`${name}: ${ajv.errorsText(validate.errors)}\n${text}`)
}

function templateMatches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
}
