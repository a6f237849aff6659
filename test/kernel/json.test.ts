import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PosthornError } from '../../server/kernel/errors.ts'
import { exactJsonOf, jsonDepthMax, parseJson } from '../../server/kernel/json.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => parseJson(bytesOf(text))
const exactText = (text: string) => JSON.stringify(read(text).exact)

function refusal(run: () => unknown): PosthornError {
  try {
    run()
  } catch (error) {
    if (error instanceof PosthornError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('numbers', () => {
  test.each([
    '12345678901234567890',
    '9007199254740993',
    '9999999999999999',
    '0.1234567890123456789',
    '3.14159265358979323846',
    '-12345678901234567890.5',
    '-0',
    '-0.0',
    '123456789012345678e-10',
    '1234567890123456789012345678901234567890',
  ])('%s, which a double changes, is stored and sent as it came', (number) => {
    const text = `{"a":[${number}],"b":"x"}`
    expect(exactText(text)).toBe(text)
    expect(JSON.stringify(exactJsonOf(text))).toBe(text)
    expect(read(text).value).toEqual({ a: [Number(number)], b: 'x' })
  })

  test.each([
    '0',
    '-1',
    '1.5',
    '1e3',
    '1E+3',
    '1e-7',
    '100',
    '1.10',
    '0.1',
    '5e-324',
    '1.7976931348623157e308',
    '9007199254740991',
    '9007199254740992',
    '0.30000000000000004',
    '123456789012345',
    '0e5',
    '1234567890.1234567',
    '10000000000000000000000',
    '0.000001',
    '-1.0',
  ])('%s, which a double carries, costs no second parse', (number) => {
    const { value, exact } = read(`[${number}]`)
    expect(exact).toBe(value)
    expect(value).toEqual([Number(number)])
  })

  test('texts that look like lossy numbers cost no second parse', () => {
    const { value, exact } = read(
      '{"id":"1e5 -0 :12345678901234567890","12345678901234567890":"\\"1e9"}',
    )
    expect(exact).toBe(value)
  })

  test.each([
    '1e131072',
    '1e400',
    '-1e309',
    '1e-400',
    '0e99999',
    '0e-20000',
    '1e99999999999999999999',
    '1'.repeat(1_001),
    `0.${'0'.repeat(1_001)}1`,
    `1.${'0'.repeat(1_001)}`,
  ])('%.30s is refused, with its path', (number) => {
    const error = refusal(() => read(`{"data":{"amounts":[1,${number}]}}`))
    expect(error.code).toBe('json_number_unsupported')
    expect(error.status).toBe(400)
    expect(error.issues).toEqual([
      expect.objectContaining({ field: 'data.amounts.1', fix: 'Send it as a string.' }),
    ])
  })

  test('numbers that the database holds and the door would refuse are still printed as they are', () => {
    const text = `[1e400,1e-400,-0,${'7'.repeat(2_000)},1.5]`
    expect(JSON.stringify(exactJsonOf(text))).toBe(text)
  })

  // Any decimal: what is printed from `exact` is the same number, digit for digit.
  test('property: no number changes its value on the way through', () => {
    const digits = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength })
    const number = fc
      .record({
        sign: fc.constantFrom('', '-'),
        whole: digits(25).map((text) => text.replace(/^0+(?=\d)/, '')),
        fraction: fc.option(digits(25), { nil: undefined }),
        exponent: fc.option(fc.integer({ min: -280, max: 280 }), { nil: undefined }),
      })
      .map(
        ({ sign, whole, fraction, exponent }) =>
          `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent === undefined ? '' : `e${exponent}`}`,
      )
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const text = `{"n":[${numbers.join(', ')}]}`
        const printed = exactText(text).slice(6, -2)
        const sent = printed === '' ? [] : printed.split(',')
        expect(sent.map(asFraction)).toEqual(numbers.map(asFraction))
        expect(JSON.stringify(exactJsonOf(text))).toBe(exactText(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** A decimal as an exact integer scaled by 10^600, its sign kept even for zero. */
function asFraction(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^-/, '').split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const scaled = BigInt(whole + fraction) * 10n ** BigInt(600 + Number(exponent) - fraction.length)
  return `${text.startsWith('-') ? '-' : ''}${scaled}`
}

describe('values', () => {
  test('property: any JSON value comes through as JSON.parse gives it, without a second parse', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!text.includes('-0') && !text.includes('\\u'))
        const { value, exact } = read(text)
        expect(value).toEqual(JSON.parse(text))
        expect(exact).toBe(value)
      }),
      { numRuns: 1_000 },
    )
  })

  test('property: anything at all is either read or refused with a documented code', () => {
    const hostile = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0001deE+-. \ntrue') }),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), hostile.map(bytesOf)), (bytes) => {
        try {
          const { value, exact } = parseJson(bytes)
          expect(JSON.parse(JSON.stringify(exact))).toEqual(value)
        } catch (error) {
          expect((error as PosthornError).code).toMatch(/^json_/)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  test('__proto__ is a key like any other, also beside a lossy number', () => {
    const text = '{"__proto__":{"admin":true},"constructor":1,"n":12345678901234567890}'
    const { value, exact } = read(text)
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true)
    expect(JSON.stringify(exact)).toBe(text)
    expect((exact as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('refusals', () => {
  test.each(['', ' ', '{', '{"a":1,}', 'nope', "{'a':1}", '[1', '01', '"\u0000"'])(
    '%j is not JSON',
    (text) => {
      const error = refusal(() => read(text))
      expect(error.code).toBe('json_invalid')
      expect(error.detail).toBeTruthy()
      expect(error.issues?.[0]?.fix).toBeTruthy()
    },
  )

  test.each([
    [[0x22, 0xff, 0x22]],
    [[0x22, 0xc3, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0xff, 0xfe, 0x7b, 0x00]],
  ])('the bytes %j are not UTF-8, and are not repaired', (bytes) => {
    expect(refusal(() => parseJson(Uint8Array.from(bytes))).code).toBe('json_encoding_invalid')
  })

  test.each([
    ['{"data":{"note":"a\\u0000b"}}', 'data.note'],
    ['{"data":["x","\\ud800"]}', 'data.1'],
    ['{"data":{"a":{"\\uDC00":1}}}', 'data.a.\\udc00'],
    ['{"\\u0000":1}', '\\u0000'],
    ['"\\ude00\\ud83d"', ''],
  ])('%s holds what jsonb cannot store, and the path says where', (text, field) => {
    const error = refusal(() => read(text))
    expect(error.code).toBe('json_character_unsupported')
    expect(error.issues?.[0]?.field).toBe(field)
  })

  test.each(['"\\ud83d\\ude00"', '"\\\\u0000"', '"\\u00e9\\u0001"', '"😀"'])(
    '%s only looks suspicious',
    (text) => {
      expect(read(text).value).toBe(JSON.parse(text))
    },
  )

  test('nesting is accepted up to the limit and refused above it, with the place', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(read(nested(jsonDepthMax)).value).toBeInstanceOf(Array)
    const error = refusal(() => read(`\n${nested(jsonDepthMax + 1)}`))
    expect(error.code).toBe('json_too_deep')
    expect(error.detail).toContain('line 2, column 65')
    expect(read(`"${'['.repeat(1_000)}"`).value).toHaveLength(1_000)
    expect(read(`["\\"${'{'.repeat(1_000)}\\\\"]`).value).toHaveLength(1)
  })

  // A scan that were quadratic in any of these would take seconds.
  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['backslashes', `"${'\\\\'.repeat(500_000)}"`],
    ['escaped quotes', `"${'\\"'.repeat(500_000)}"`],
    ['digits', `[${'1'.repeat(1_000_000)}]`],
    ['zeros', `[1.${'0'.repeat(1_000_000)}1]`],
    ['long numbers', `[${Array.from({ length: 1_000 }, () => `1.${'0'.repeat(990)}1`).join()}]`],
    ['points', `[${'.'.repeat(1_000_000)}]`],
  ])('a megabyte of %s takes linear time', (_name, text) => {
    const started = performance.now()
    try {
      read(text)
    } catch (error) {
      expect((error as PosthornError).code).toMatch(/^json_/)
    }
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})
