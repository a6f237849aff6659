import fc from 'fast-check'
import { arbitraryOf, idOf } from './arbitrary.ts'
import type { Contract, Operation } from './contract.ts'
import { mutated, rawBodies, texts } from './hostile.ts'

/** A request, with places for ids in it: see `idOf`. */
export interface Plan {
  credential: string
  path: string
  query: [string, string][]
  headers: [string, string][]
  body: { json: unknown } | { raw: Buffer } | undefined
  method: string
  /** Whether the request still means the operation: not if its path or method may be another's. */
  isMeant: boolean
}

/** What can be sent to an operation: half of it as its document says, half of it with one thing wrong. */
export function planOf(
  contract: Contract,
  credentials: string[],
  operation: Operation,
): fc.Arbitrary<Plan> {
  const valid = validPlanOf(contract, credentials, operation)
  return fc.oneof({ weight: 2, arbitrary: valid }, ...mutations(contract, operation, valid))
}

/** As the document says. */
export function validPlanOf(
  contract: Contract,
  credentials: string[],
  operation: Operation,
): fc.Arbitrary<Plan> {
  const schema = operation.requestBody?.content['application/json'].schema
  const body = schema
    ? arbitraryOf(contract, schema).map((json) => ({ json }))
    : fc.constant(undefined)
  const parameters = (operation.parameters ?? []).map((one) => {
    const value =
      one.in === 'path'
        ? pathValue(operation)
        : arbitraryOf(contract, one.schema, one.name).map(asText)
    return fc.record({
      in: fc.constant(one.in),
      name: fc.constant(one.name),
      value,
      isSent: one.required ? fc.constant(true) : fc.boolean(),
    })
  })
  const valid = fc
    .record({
      credential: fc.oneof(fc.constant('platform'), fc.constantFrom(...credentials)),
      parameters: fc.tuple(...parameters),
      body,
    })
    .map(({ credential, parameters, body }): Plan => {
      const sent = parameters.filter((one) => one.isSent)
      const pairs = (where: string) =>
        sent
          .filter((one) => one.in === where)
          .map(({ name, value }): [string, string] => [name, value])
      const id = pairs('path')[0]?.[1] ?? ''
      return {
        credential,
        path: operation.path.replace(/\{\w+\}/, id),
        query: pairs('query'),
        headers: pairs('header').filter(([, value]) => /^[\x20-\x7e]+$/.test(value)),
        body,
        method: operation.method,
        isMeant: true,
      }
    })
  return valid
}

function mutations(
  contract: Contract,
  operation: Operation,
  valid: fc.Arbitrary<Plan>,
): fc.Arbitrary<Plan>[] {
  const schema = operation.requestBody?.content['application/json'].schema
  const names = (operation.parameters ?? [])
    .filter((one) => one.in === 'query')
    .map(({ name }) => name)
  const name = fc.constantFrom(
    'limit',
    'cursor',
    '__proto__',
    'unknown',
    'organisationId',
    ...names,
  )
  const query = fc.array(fc.tuple(name, texts), { minLength: 1, maxLength: 3 })
  const header = fc.tuple(
    fc.constantFrom(
      'x-request-id',
      'idempotency-key',
      'if-match',
      'last-event-id',
      'x-http-method-override',
      'x-forwarded-for',
      'content-type',
      'content-encoding',
      'accept',
      'origin',
      'range',
    ),
    fc.oneof(
      fc.constantFrom(
        'gzip',
        'text/plain',
        'application/json; charset=latin1',
        'DELETE',
        'null',
        'bytes=0-1',
        '"1"',
        '*',
        '"',
      ),
      fc.string({
        unit: fc
          .constantFrom(0x20, 0x22, 0x2c, 0x41, 0x7e, 0xa0, 0xe9, 0xff)
          .map((code) => String.fromCharCode(code)),
      }),
    ),
  )
  const method = fc.constantFrom(
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'HEAD',
    'TRACE',
    'PROPFIND',
  )
  const wildPath = fc.constantFrom(
    '/..',
    '/%2e%2e/',
    '//',
    '/%',
    '/%ff',
    '/%00',
    '/;x',
    '?',
    '/.',
    '\\',
    '/%2f',
    `/${'a'.repeat(9_000)}`,
  )
  const change = <T>(more: fc.Arbitrary<T>, how: (plan: Plan, more: T) => Partial<Plan>) =>
    fc.tuple(valid, more).map(([plan, value]) => ({ ...plan, ...how(plan, value) }))
  const everywhere = [
    change(query, (plan, more) => ({ query: [...plan.query, ...more] })),
    change(header, (plan, more) => ({ headers: [...plan.headers, more] })),
    change(method, (_plan, method) => ({ method, isMeant: method === operation.method })),
    change(wildPath, (plan, more) => ({ path: plan.path + more, isMeant: false })),
    change(rawBodies, (_plan, raw) => ({ body: operation.method === 'GET' ? undefined : { raw } })),
  ]
  if (operation.path.includes('{')) {
    everywhere.push(
      change(texts, (_plan, text) => ({
        path: operation.path.replace(/\{\w+\}/, encode(text.slice(0, 2_000))),
        // What is empty, or climbs, names another path.
        isMeant:
          text !== '' &&
          !/^\.{1,2}$/.test(text) &&
          !text.includes('/') &&
          operation.path.split('/').length > 4,
      })),
    )
  }
  if (schema) {
    const json = mutated(arbitraryOf(contract, schema))
    everywhere.push(...[1, 2, 3].map(() => change(json, (_plan, json) => ({ body: { json } }))))
  }
  return everywhere
}

function pathValue(operation: Operation): fc.Arbitrary<string> {
  const isPull = /(pull|ack)$/.test(operation.path)
  const kind = isPull ? 'pulled' : (operation.path.split('/')[2] ?? '')
  return fc.oneof({ weight: 6, arbitrary: idOf(kind) }, idOf('missing'))
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value)
}

export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%40', '@')
}
