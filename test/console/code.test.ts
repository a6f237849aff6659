import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hexDump } from '../../admin-ui/src/code/hex-dump.ts'
import { prettyJson } from '../../admin-ui/src/code/pretty-json.ts'
import { findSyntaxError } from '../../admin-ui/src/code/syntax-error.ts'

test('JSON is indented as JSON.stringify would', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2))
    }),
    { examples: [['{"a":[],"b":{},"c":[1,{"d":"\\"}"}]}']] },
  )
})

test('numbers, doubled keys and escapes stay as they were sent', () => {
  const text = '{"big":9007199254740993,"price":10.00,"twice":1,"twice":2,"lone":"\\ud800"}'
  expect(prettyJson(text).replaceAll(/\n\s*|(?<=:) /g, '')).toBe(text)
})

test('what is no JSON stays as it is', () => {
  for (const text of ['', 'no', '<h1>500</h1>', '12 13', '[1] // why', "{'a': 1}"]) {
    expect(prettyJson(text)).toBe(text)
  }
})

test('JSON that was cut short is indented as far as it goes', () => {
  expect(prettyJson('{"a":[1,"cut of')).toBe('{\n  "a": [\n    1,\n    "cut of')
})

test('depth does not make little text much', () => {
  const depth = 100_000
  expect(prettyJson('['.repeat(depth)).length).toBeLessThan(depth * 150)
})

test('a syntax error is told by line and column, and no text is none', () => {
  expect(findSyntaxError('{\n  "a": 1,\n  b: 2\n}')).toEqual({ line: 3, column: 3 })
  expect(findSyntaxError('{"a": 1}')).toBeUndefined()
  expect(findSyntaxError('  ')).toBeUndefined()
})

test('bytes are shown sixteen to a line, with what is ASCII beside them', () => {
  const bytes = Uint8Array.from([0xff, 0x00, 0x41, ...Array(13).fill(0x2e), 0x7a])
  expect(hexDump(bytes)).toBe(
    [
      '00000000  ff 00 41 2e 2e 2e 2e 2e 2e 2e 2e 2e 2e 2e 2e 2e  ..A.............',
      `00000010  7a${' '.repeat(47)}z`,
    ].join('\n'),
  )
})
