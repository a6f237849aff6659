import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts'
import { readEnvironment } from '../env.ts'
import { commonErrors } from '../kernel/errors.ts'
import { silentLogger } from '../kernel/logger.ts'
import type { PosthornOptions } from '../options.ts'
import type { Io } from './io.ts'
import { withLocalKey } from './local-key.ts'

/**
 * Does `work` with the options that the environment gives, for commands that go to the database themselves. Without
 * DATABASE_URL it is the embedded one that `start` has left here; none is made.
 * @throws validation_failed when there is neither, or a variable is wrong
 */
export async function withDatabase<Result>(
  io: Io,
  work: (options: PosthornOptions) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, dataDir, options } = readEnvironment(io.env)
  // Commands store no secret, but for `encryption`, which asks for keys itself.
  const settings = { ...options, allowPlaintextSecrets: true }
  if (databaseUrl !== undefined) return work({ ...settings, database: databaseUrl })
  if (!existsSync(join(dataDir, 'postgres'))) throw missingDatabase(dataDir)
  const embedded = await startEmbeddedPostgres({ dataDir, log: silentLogger })
  try {
    return await work({ ...(await withLocalKey(settings, dataDir)), database: embedded.url })
  } finally {
    // A look at who still uses it takes seconds.
    if (!embedded.wasRunning) await embedded.stop({ unlessUsed: true })
  }
}

function missingDatabase(dataDir: string) {
  const issue = {
    field: 'DATABASE_URL',
    message: `is not set, and there is no embedded database in ${dataDir}`,
    fix: 'Set DATABASE_URL=postgres://user:password@host:5432/database, or name a file that does with --env-file.',
  }
  return commonErrors.validation_failed({ detail: 'Which database is meant?', issues: [issue] })
}
