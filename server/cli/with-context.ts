import type { Context } from '../context.ts'
import { closeContext, createContext } from '../create-context.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'

/** Does `work` with what the verbs of the API need, on the database that the environment gives. As `withDatabase`. */
export function withContext<Result>(
  io: Io,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  return withDatabase(io, async (options) => {
    const ctx = createContext(options)
    try {
      return await work(ctx)
    } finally {
      await closeContext(ctx)
    }
  })
}
