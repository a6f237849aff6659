import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  arrayLiteral,
  jsonArrayLiteral,
  textArrayLiteral,
} from '../../server/database/array-literal.ts'
import type { Database } from '../../server/database/database.ts'
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

async function readBack(literal: string): Promise<(string | null)[]> {
  const rows = await db.query(
    (sql) => sql<{ value: string | null }[]>`
      select value from unnest(${literal}::text::text[]) with ordinality as e(value, at) order by at`,
  )
  return rows.map((row) => row.value)
}

const hostile = [
  '',
  'NULL',
  'null',
  '"',
  '\\',
  '{}',
  ',',
  ' a ',
  'a\nb\tc',
  "it's",
  '\u2028',
  '😀',
  '\u0001',
]

test('any text comes back from an array literal as it went in', async () => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'))
  const sample = fc.sample(fc.option(text), 1000)
  expect(await readBack(textArrayLiteral([...hostile, null, ...sample]))).toEqual([
    ...hostile,
    null,
    ...sample,
  ])
})

test('JSON comes back as it went in', async () => {
  const values = [...fc.sample(fc.jsonValue(), 500), ...hostile.map((text) => ({ [text]: text }))]
  const texts = values.map((value) => JSON.stringify(value))
  expect(await readBack(jsonArrayLiteral(texts))).toEqual(texts)
})

test('numbers, booleans and nothing', async () => {
  expect(await readBack(arrayLiteral([1, -2.5, true, null]))).toEqual(['1', '-2.5', 'true', null])
  expect(await readBack(arrayLiteral([]))).toEqual([])
})
