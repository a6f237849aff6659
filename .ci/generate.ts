// Writes every file that follows from another: openapi.yaml, the SDK's types (of the API and of the
// built-in events), the reference of the command line, the migrations.
// Needs no database. Arguments go to drizzle-kit: npm run generate -- --name add_labels
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createClient } from '@hey-api/openapi-ts'
import { stringify } from 'yaml'
import { openApiDocument } from '../server/app.ts'
import { builtInEventTypes } from '../server/catalogue/built-in-event-types.ts'
import { withCommandReference } from './command-reference.ts'

const header = `# Generated from the schemas.ts and routes.ts of server/ by \`npm run generate\`. Do not edit.\n`
writeFileSync(
  'openapi.yaml',
  header + stringify(openApiDocument(), { aliasDuplicateObjects: false, lineWidth: 100 }),
)

await createClient({
  input: 'openapi.yaml',
  output: { path: 'sdk/src/generated', module: { extension: '.ts' } },
  plugins: ['@hey-api/typescript'],
  logs: { level: 'warn', file: false },
})

// After the client, whose generator empties the folder first.
writeFileSync('sdk/src/generated/catalogue.ts', catalogueTypes())

const commandLine = 'docs/cli.md'
writeFileSync(commandLine, withCommandReference(readFileSync(commandLine, 'utf8')))

execFileSync(
  'drizzle-kit',
  ['generate', '--config', 'drizzle/config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)

/** The part of JSON Schema that the catalogue is written in. */
interface Schema {
  type?: string | string[]
  description?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

function catalogueTypes(): string {
  const members = builtInEventTypes().map(({ name, entityType, description, schema }) => {
    const data = typeOf(schema as Schema, '    ')
    const body = `    entityType: ${JSON.stringify(entityType)}\n    data: ${data}\n`
    return `${docOf(description, '  ')}  ${name}: {\n${body}  }\n`
  })
  return (
    '// Generated from sdk/src/built-in-events by `npm run generate`. Do not edit.\n\n' +
    '/** The event types that every catalogue starts with: event type → entity type and `data`. */\n' +
    `export type BuiltInEvents = {\n${members.join('')}}\n`
  )
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  if (schema.type === undefined) return 'unknown'
  return [schema.type]
    .flat()
    .map((type) => typeNamed(type, schema, indent))
    .join(' | ')
}

function typeNamed(type: string, schema: Schema, indent: string): string {
  if (type === 'integer') return 'number'
  if (type === 'array') return `Array<${typeOf(schema.items ?? {}, indent)}>`
  if (type === 'object') return objectType(schema, indent)
  if (['string', 'number', 'boolean', 'null'].includes(type)) return type
  throw new Error(`The catalogue uses a type that is not known here: ${type}`)
}

function objectType(
  { properties = {}, required = [], additionalProperties = true }: Schema,
  indent: string,
) {
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?'
    return `${docOf(field.description, inner)}${inner}${JSON.stringify(name)}${mark}: ${typeOf(field, inner)}\n`
  })
  // Beside named fields the others can be anything, or the named ones would not fit.
  const others =
    additionalProperties === true || fields.length > 0 ? {} : (additionalProperties as Schema)
  const open =
    additionalProperties === false ? '' : `${inner}[name: string]: ${typeOf(others, inner)}\n`
  return `{\n${fields.join('')}${open}${indent}}`
}

function docOf(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '* /')} */\n`
}
