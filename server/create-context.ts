import type { Context } from './context.ts'
import { connectDatabase, type Database } from './database/database.ts'
import { deferDatabase } from './database/defer-database.ts'
import { byHash, byIndex } from './database/planner-settings.ts'
import { type AvailableRoles, findRoles, roles } from './database/roles.ts'
import { systemClock } from './kernel/clock.ts'
import { createSignals } from './kernel/signals.ts'
import { type Config, type PosthornOptions, resolveOptions } from './options.ts'

/** What verbs need, without a server around it. Connects when first needed. @throws validation_failed listing every wrong option */
export function createContext(options: PosthornOptions): Context {
  const config = resolveOptions(options)
  const owner = open(config, 'owner', { connections: config.connections.owner })
  return {
    config,
    clock: systemClock,
    log: config.log,
    signals: createSignals(),
    database: { owner, ...createPools(config, () => findRoles(owner, config.schema)) },
  }
}

export async function closeContext({ database }: Context): Promise<void> {
  await Promise.all(Object.values(database).map((pool) => pool.close()))
}

interface PoolOptions {
  connections: number
  role?: string
  settings?: Record<string, string>
}

function open(config: Config, name: string, options: PoolOptions): Database {
  return connectDatabase({
    url: config.database,
    schema: config.schema,
    applicationName: `posthorn ${name}`,
    maxConnections: options.connections,
    log: config.log,
    ...(options.role === undefined ? {} : { role: options.role }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  })
}

/** One pool per purpose, so that a slow list cannot hold up accepting or sending. */
function createPools(config: Config, learnRoles: () => Promise<AvailableRoles>) {
  const { api, intake, engine } = config.connections
  const pool = (name: string, role: keyof AvailableRoles, options: PoolOptions) =>
    deferDatabase(async () => {
      const available = await learnRoles()
      return open(config, name, available[role] ? { ...options, role: roles[role] } : options)
    })
  return {
    api: pool('api', 'api', { connections: api }),
    intake: pool('intake', 'dispatcher', { connections: intake, settings: byHash }),
    engine: pool('engine', 'dispatcher', {
      connections: engine,
      settings: { ...byIndex, synchronous_commit: 'off' },
    }),
  }
}
