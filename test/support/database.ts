import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { inject } from 'vitest'
import { consoleTemplateName } from './console/template.ts'
import { databaseUrl, templateName } from './template.ts'

export interface TestDatabase {
  url: string
  /** Cuts off whoever is still connected. */
  drop(): Promise<void>
}

const sources = { template: templateName, console: consoleTemplateName, empty: 'template0' }

/**
 * A migrated database of the test's own. With `empty` one without anything in it, with `console` one that is full, see
 * createConsoleDatabase.
 */
export async function createTestDatabase(
  from: keyof typeof sources = 'template',
): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const source = sources[from]
  await asAdmin(serverUrl, async (admin) => {
    // Copies of one template exclude each other: one at a time, of all test processes.
    await admin`select pg_advisory_lock(hashtext('create test database'))`
    await copyDatabase(admin, name, source)
  })
  return {
    url: databaseUrl(serverUrl, name),
    drop: () =>
      asAdmin(serverUrl, async (admin) => {
        await admin.unsafe(`drop database if exists "${name}" with (force)`)
      }),
  }
}

async function copyDatabase(admin: postgres.Sql, name: string, source: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Faster than through the log, where a checkpoint costs nothing: the test server does not sync.
      await admin.unsafe(`create database "${name}" template ${source} strategy file_copy`)
      return
    } catch (error) {
      if (attempt === 50 || !/being accessed by other users/.test(String(error))) throw error
      await delay(100)
    }
  }
}

async function asAdmin(url: string, work: (admin: postgres.Sql) => Promise<void>): Promise<void> {
  const admin = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  try {
    await work(admin)
  } finally {
    await admin.end({ timeout: 5 })
  }
}
