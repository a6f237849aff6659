import {
  connectDatabase,
  type Database,
  type DatabaseOptions,
} from '../../server/database/database.ts'
import { byIndex } from '../../server/database/planner-settings.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import type { TestDatabase } from './database.ts'

/** As the dispatcher's own connections: its role, and plans by the index. */
export const asEngine = { role: 'posthorn_dispatcher', settings: byIndex } as const

/** A connection to a test's database, one unless it asks for more. */
export function connectTo(
  database: TestDatabase,
  options: Partial<DatabaseOptions> = {},
): Database {
  return connectDatabase({
    url: database.url,
    schema: 'posthorn',
    applicationName: 'test',
    maxConnections: 1,
    log: silentLogger,
    ...options,
  })
}
