import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRecord } from '../../server/deliveries/csv.ts'

/** RFC 4180, read to the letter. */
function readCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    record.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end !== '\r\n') continue
    records.push(record)
    record = []
  }
  return records
}

test('any text comes back as it was, but for the mark before a formula', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', "'", 'a') }),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 2, maxLength: 5 }), { maxLength: 5 }),
      (rows) => {
        const safe = (cell: string) => (/^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell)
        expect(readCsv(rows.map(csvRecord).join(''))).toEqual(rows.map((row) => row.map(safe)))
      },
    ),
  )
})

test.each([
  [['=1+1', '+1', '-1', '@x', '\tx'], `'=1+1,'+1,'-1,'@x,'\tx\r\n`],
  [['\r=1'], `"'\r=1"\r\n`],
  [['\n=1', '＝1+1', '＋1', '－1', '＠x'], `"'\n=1",'＝1+1,'＋1,'－1,'＠x\r\n`],
  [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
  [[-1, 2.5, true, null, ''], '-1,2.5,true,,\r\n'],
])('%j is written as %j', (values, expected) => {
  expect(csvRecord(values)).toBe(expected)
})
