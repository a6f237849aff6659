import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { parseJson } from '../../server/kernel/json.ts'
import { jsonbText } from '../../server/kernel/jsonb-text.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function printedByPostgres(values: readonly string[]): Promise<(string | null)[]> {
  const rows = await db.query(
    (sql) => sql<{ text: string }[]>`
      select value::jsonb::text as text from json_array_elements_text(${JSON.stringify(values)}::text::json)`,
  )
  return rows.map((row) => row.text)
}

const key = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('a', 'b', 'aa', 'B', '10', '9', '__proto__', 'é', ''),
)
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('\u2028', '\u007f', '\u0001\b\f\n\r\t"\\/', '\ufeff', '😀'),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 0.1, 1e21, 1e-7, 1.5e300, 123456789012345680000),
  fc.boolean(),
  fc.constant(null),
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 5 }),
  ),
}))

function withoutNul(text: string): boolean {
  return !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text)
}

test('what is told without asking is to the byte what Postgres prints, and mostly it can be told', async () => {
  const samples = fc.sample(json, 4000).map((value) => JSON.stringify(value))
  const texts = samples.filter(withoutNul)
  const printed = await printedByPostgres(texts)
  let told = 0
  for (const [index, text] of texts.entries()) {
    const own = jsonbText(parseJson(Buffer.from(text)).exact)
    if (own === undefined) continue
    told++
    expect(own, text).toBe(printed[index])
  }
  expect(told).toBeGreaterThan(texts.length / 3)
})

test('numbers that a double cannot hold are left to Postgres', () => {
  const exact = parseJson(Buffer.from('{"big":12345678901234567890.123}')).exact
  expect(jsonbText(exact)).toBeUndefined()
  expect(jsonbText({ n: 1e21 })).toBeUndefined()
  expect(jsonbText({ é: 1 })).toBeUndefined()
})
