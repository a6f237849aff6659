import { expect, test } from 'vitest'
import { exactPart, parseExactObject } from '../../admin-ui/src/code/exact-json.ts'

test('a part of a JSON text keeps every number as it stood there', () => {
  const json = '{"id":"a","data":{"big":9007199254740993,"money":1.10}}'
  expect(exactPart(json, ['data'])).toBe('{\n  "big": 9007199254740993,\n  "money": 1.10\n}')
})

test('a part that is not there is undefined', () => {
  expect(exactPart('{"id":"a"}', ['data'])).toBeUndefined()
})

test('what was typed is sent with the numbers that were typed', () => {
  expect(JSON.stringify(parseExactObject('{"big": 9007199254740993, "n": 1}'))).toBe(
    '{"big":9007199254740993,"n":1}',
  )
})

test('what is no JSON object is refused', () => {
  for (const text of ['', '[1]', '7', 'null', '{"a":']) {
    expect(parseExactObject(text)).toBeUndefined()
  }
})
