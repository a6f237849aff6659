import postgres from 'postgres'
import { databaseUrl, templateName } from '../template.ts'
import { seedConsole } from './seed-console.ts'

export const consoleTemplateName = 'posthorn_console'
const draftName = `${consoleTemplateName}_draft`

/** Creates the database that the console's tests get copies of, unless it is there; one process does, the others wait. */
export async function prepareConsoleTemplate(serverUrl: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, fetch_types: false, onnotice: () => undefined })
  try {
    await admin`select pg_advisory_lock(hashtext('create console template'))`
    const found = await admin`select from pg_database where datname = ${consoleTemplateName}`
    if (found.length > 0) return
    await admin.unsafe(`drop database if exists ${draftName} with (force)`)
    await admin.unsafe(`create database ${draftName} template ${templateName} strategy file_copy`)
    await seedConsole(databaseUrl(serverUrl, draftName))
    await admin.unsafe(`alter database ${draftName} rename to ${consoleTemplateName}`)
  } finally {
    await admin.end({ timeout: 5 })
  }
}
