import type { Database } from './database.ts'

/** A database that is opened when it is first used, after asking what it should be opened with. */
export function deferDatabase(open: () => Promise<Database>): Database {
  let opening: Promise<Database> | undefined
  function get(): Promise<Database> {
    opening ??= open().catch((error) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    query: async (build) => (await get()).query(build),
    transaction: async (work) => (await get()).transaction(work),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}
