import fc from 'fast-check'

/** Values of the wrong kind for nearly every field. Texts that JSON cannot carry are written as escapes below. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    5e-324,
    true,
    [],
    {},
    [[]],
    [null],
    'null',
    '\0',
    '\ud800',
    '\u202e\u2028\ufeff',
    'x'.repeat(300),
    'x'.repeat(9_000),
    '9'.repeat(400),
    "' or 1=1 --",
    '%00',
    '{{7*7}}',
    '../../../etc/passwd',
    '(a+)+$',
    '*',
    '_%\\',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00+23:59',
    '+275760-09-13T00:00:00Z',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'http://169.254.169.254/',
    'javascript:alert(1)',
    'http://[::1',
    'constructor',
    '__proto__',
    { ['__proto__']: { admin: true } },
    { constructor: { prototype: { admin: true } } },
    { toString: 1, valueOf: null, hasOwnProperty: 'x' },
  ),
  fc.integer({ min: 2, max: 70 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
  fc.integer({ min: 2, max: 1_100 }).map((length) => new Array(length).fill('a')),
  fc.anything({ maxDepth: 2, values: [fc.string({ unit: 'binary' }), fc.double(), fc.boolean()] }),
)

export const texts: fc.Arbitrary<string> = fc.oneof(
  // What Postgres takes in no text, and JSON carries only as an escape.
  fc.constantFrom('\0', 'a\0b'),
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)) ?? ''),
  fc.string({ unit: 'binary' }),
)

/** The same JSON with one thing in it wrong. */
export function mutated(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(body, fc.nat(), fc.constantFrom('replace', 'drop', 'add', 'wrap'), values)
    .map(([value, at, how, hostile]) => {
      const copy = structuredClone(value)
      const places = placesOf(copy)
      const place = places[at % places.length]
      if (place === undefined) return hostile
      if (how === 'drop') Reflect.deleteProperty(place.parent, place.key)
      else if (how === 'wrap') define(place, [Reflect.get(place.parent, place.key)])
      else if (how === 'replace') define(place, hostile)
      else if (Array.isArray(place.parent)) place.parent.push(hostile)
      else define({ parent: place.parent, key: `${place.key}x` }, hostile)
      return copy
    })
}

interface Place {
  parent: object
  key: string
}

function define({ parent, key }: Place, value: unknown): void {
  Object.defineProperty(parent, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => [
    { parent: value, key },
    ...placesOf(Reflect.get(value, key)),
  ])
}

/** Bytes that are no JSON, or barely. */
export const rawBodies: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      '',
      '{',
      '[]',
      'null',
      '{"a":1}x',
      '{"a":1e400}',
      '{"a":NaN}',
      '{"a":1,"a":2}',
      '\ufeff{}',
      '{"a":"\\u0000"}',
      '{"a":"\\ud800"}',
      `{"a":${'['.repeat(5_000)}`,
      `{"${'k'.repeat(5_000)}":1}`,
      `{"a":"${'x'.repeat(300_000)}"}`,
      '{"__proto__":{"admin":true}}',
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
)
