import type { Messages } from '../messages/use-messages.ts'

type Words = Pick<Messages['catalogue'], 'enumeration' | 'constant' | 'arrayOf' | 'anything'>

/** One property of a JSON Schema, wherever it is nested. */
export interface SchemaRow {
  /** `status.to`, `items[].id` */
  path: string
  type: string
  required: boolean
  description: string
}

type Schema = Record<string, unknown>

const depthMax = 8

/** The properties of a schema, in its order, those of inner objects after their object. */
export function schemaRows(schema: Schema, t: Words): SchemaRow[] {
  return rowsOf(schema, '', schema, t, 0)
}

function rowsOf(
  schema: Schema,
  prefix: string,
  root: Schema,
  t: Words,
  depth: number,
): SchemaRow[] {
  // A schema may be recursive.
  if (depth > depthMax) return []
  const required = listOf(schema['required'])
  return Object.entries(objectOf(schema['properties'])).flatMap(([name, value]) => {
    const property = resolve(value, root)
    const path = prefix + name
    const description = property['description'] ?? property['title']
    const row = {
      path,
      type: describeType(property, root, t),
      required: required.includes(name),
      description: typeof description === 'string' ? description : '',
    }
    const inner = [property, ...alternatives(property, root)].flatMap((one) => [
      ...rowsOf(one, `${path}.`, root, t, depth + 1),
      ...rowsOf(resolve(one['items'], root), `${path}[].`, root, t, depth + 1),
    ])
    return [row, ...inner]
  })
}

function describeType(schema: Schema, root: Schema, t: Words): string {
  if ('const' in schema) return t.constant(JSON.stringify(schema['const']))
  if (Array.isArray(schema['enum'])) {
    return t.enumeration(schema['enum'].map((value) => JSON.stringify(value)).join(', '))
  }
  const others = alternatives(schema, root)
  if (others.length > 0) return others.map((one) => describeType(one, root, t)).join(' | ')
  const types = listOf(schema['type']).map((type) => {
    if (type === 'array') return t.arrayOf(describeType(resolve(schema['items'], root), root, t))
    return typeof schema['format'] === 'string' && type === 'string'
      ? `${type} (${schema['format']})`
      : String(type)
  })
  if (types.length > 0) return types.join(' | ')
  return 'properties' in schema ? 'object' : t.anything
}

function alternatives(schema: Schema, root: Schema): Schema[] {
  return [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].map((one) => resolve(one, root))
}

/** What a reference within the document points to. */
function resolve(value: unknown, root: Schema): Schema {
  const schema = objectOf(value)
  const reference = schema['$ref']
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema
  const found = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, name) => objectOf(node)[name], root)
  return { ...objectOf(found), ...schema, $ref: undefined }
}

function objectOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Schema)
    : {}
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
