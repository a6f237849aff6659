import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../server/database/database.ts'

/** Resolves when `look` finds something. Asks again and again, for ten seconds at most. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const deadlineMs = performance.now() + 10_000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > deadlineMs) throw new Error(`Not within ten seconds: ${what}`)
    await delay(5)
  }
}

/** Ends backends of an application in this database, all or some, and returns how many. They may live for a moment yet. */
export async function terminateBackends(
  admin: Database,
  applicationName: string,
  countMax = 1000,
): Promise<number> {
  const ended = await admin.query(
    (sql) => sql`
      select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity
        where datname = current_database() and application_name = ${applicationName}
        order by random() limit ${countMax}
      ) backends`,
  )
  return ended.length
}
