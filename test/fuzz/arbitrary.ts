import fc from 'fast-check'
import type { Contract, Schema } from './contract.ts'

const kinds: Record<string, string> = {
  subscriptionId: 'subscriptions',
  eventId: 'events',
  organisationId: 'organisations',
  eventsOf: 'organisations',
  replayId: 'replays',
  deliveryIds: 'deliveries',
}

/** A place in a pool of ids, which is filled in when the request is sent: ids differ from run to run, these do not. */
export function idOf(kind: string): fc.Arbitrary<string> {
  return fc.nat(20).map((index) => `@${kind}:${index}`)
}

const time = fc.nat(48 * 3600).map((s) => new Date(Date.now() - s * 1000).toISOString())

const text = (schema: Schema) => {
  const maxLength = Math.min(schema.maxLength ?? 40, 300)
  return fc.string({ minLength: schema.minLength ?? 0, maxLength, unit: 'grapheme' })
}

/** Values that are valid by a schema of the document, with a chance of being meaningful where it says too little. */
export function arbitraryOf(
  contract: Contract,
  given: Schema,
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  const schema = contract.resolve(given)
  const below = (inner: Schema, key = name) => arbitraryOf(contract, inner, key, depth + 1)
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) {
    // Those that do not refer to the whole again end.
    const ending = choices.filter((one) => depth < 8 || !JSON.stringify(one).includes('Filter"'))
    return fc.oneof(...ending.map((choice) => below(choice)))
  }
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const types = [schema.type ?? 'any'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, name, below)))
}

function ofType(
  type: string,
  schema: Schema,
  name: string,
  below: (inner: Schema, key?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 10_000 })
    case 'string':
      return ofText(schema, name)
    case 'array':
      return fc.array(below(schema.items ?? {}, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      })
    case 'object': {
      const { properties, additionalProperties: more, required = [] } = schema
      if (properties) {
        const entries = Object.entries(properties).map(([key, one]) => [key, below(one, key)])
        const record = fc.record(Object.fromEntries(entries), { requiredKeys: required as never[] })
        return properties['url'] && properties['mode'] ? record.map(fitting) : record
      }
      if (name === 'headers') return fc.dictionary(fc.constantFrom('x-a', 'x-b'), fc.constant('c'))
      const value = typeof more === 'object' ? below(more) : fc.jsonValue({ maxDepth: 3 })
      const keys = fc.string({ unit: fc.constantFrom(...'abc-'), minLength: 1, maxLength: 8 })
      return fc.dictionary(keys, value, { maxKeys: 4 })
    }
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

/** What the schema of a subscription leaves to words: a webhook has a URL, and what is pulled nothing of a request. */
function fitting(given: Record<string, unknown>): Record<string, unknown> {
  if (given['mode'] !== 'pull') return { ...given, url: given['url'] ?? 'https://example.com/hook' }
  const { url, headers, timeoutMs, rateLimit, ...rest } = given
  return rest
}

function ofText(schema: Schema, name: string): fc.Arbitrary<string> {
  if (schema.format === 'uuid') {
    const kind = kinds[name]
    return kind ? fc.oneof({ weight: 4, arbitrary: idOf(kind) }, fc.uuid()) : fc.uuid()
  }
  if (schema.format === 'date-time') return time
  if (name === 'url') return fc.constantFrom('https://example.com/hook', 'http://127.0.0.1:9/hook')
  if (name === 'allowedOrigins') return fc.constant('https://app.example.com')
  if (name === 'entityType') return fc.constantFrom('Issue', 'Issue', 'Property')
  if (name === 'eventType') return fc.constantFrom('IssueCreated', 'IssueStatusChanged')
  if (name === 'cursor') return idOf('cursors')
  if (name === 'id') return idOf('fresh')
  if (name === 'secret') return fc.constant(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
  return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : text(schema)
}
