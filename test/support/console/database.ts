import { inject } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { prepareConsoleTemplate } from './template.ts'

/** A database of the test's own, with all that the console can show. */
export async function createConsoleDatabase(): Promise<TestDatabase> {
  await prepareConsoleTemplate(inject('postgresUrl'))
  return createTestDatabase('console')
}
