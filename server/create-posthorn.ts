import type { EventToEmit, Transaction } from '@posthorn/sdk/emit'
import { ensureBootstrapKey } from './access/index.ts'
import { createApp, createHealthApp } from './app.ts'
import { Catalogue, seedCatalogue } from './catalogue/index.ts'
import type { Context } from './context.ts'
import { closeContext, createContext } from './create-context.ts'
import { databaseNowMs } from './database/database-clock.ts'
import { maintainPartitions } from './database/maintain-partitions.ts'
import { migrate } from './database/migrate.ts'
import { partitionedTables } from './database/partitions.ts'
import { findRoles } from './database/roles.ts'
import { Dispatcher, dispatcherErrors } from './dispatcher/index.ts'
import { mountUnder } from './http/mount-under.ts'
import { type NodeListener, nodeListener } from './http/node-listener.ts'
import { checkRoles, createUpkeep, type Upkeep } from './operations/index.ts'
import type { PosthornOptions } from './options.ts'
import { type EmittedEvent, emitEvent, Intake } from './publishing/index.ts'
import { ReplayRunner } from './replays/index.ts'
import { LiveTail } from './stream/index.ts'
import { SubscriptionDirectory } from './subscriptions/index.ts'

const maintenanceEveryMs = 3_600_000
const tickMsDefault = 10_000
const idlePollMs = 50

/** A Posthorn in this process: the API, and a dispatcher to start or not. */
export interface Posthorn {
  /** The API as a Hono app, to mount: `host.route('/webhooks', posthorn.app)`. */
  app: ReturnType<typeof createApp>
  /** The API as a fetch handler: Next.js, Bun, Deno. */
  fetch(request: Request): Response | Promise<Response>
  /** The API as a listener of node:http, Express or Fastify. */
  node: NodeListener
  /** `/healthz` and `/readyz` alone, as such a listener: for a process that only dispatches. */
  health: NodeListener
  /**
   * Writes one event by one INSERT in the host's transaction, checked by the catalogue of the database.
   * @throws InvalidEventError before any statement; EmitError, or what the driver throws, when Postgres refused it
   */
  emit(tx: Transaction, event: EventToEmit): Promise<EmittedEvent>
  /** Brings the schema up to date and seeds the catalogue; any number of processes may. */
  migrate(): Promise<void>
  /** Makes the first platform key where there is none, and answers it once. */
  ensureApiKey(): Promise<{ apiKey: string } | undefined>
  dispatcher: {
    /** Resolves when it owns its first buckets. */
    start(): Promise<void>
    /** Lets what is under way finish and gives the work back. */
    stop(): Promise<void>
    /**
     * For hosts that keep no process: takes over what nobody works on, publishes and sends what is due, and gives it back
     * when nothing is due any more or after `maxMs` (10000 by default); requests that are under way then may finish.
     * @returns whether nothing due was left
     * @throws dispatcher_running when `start()` was called
     */
    tick(options?: { maxMs?: number }): Promise<{ isIdle: boolean }>
  }
  /** Stops the dispatcher and closes every connection: nothing stays behind. */
  close(): Promise<void>
}

/** Puts the parts together. Connects when first needed. @throws validation_failed listing every wrong option */
export function createPosthorn(options: PosthornOptions): Posthorn {
  const ctx = createContext(options)
  const { config } = ctx
  const { owner } = ctx.database
  const directory = new SubscriptionDirectory(ctx.database.engine, config.keyring, config.log)
  const catalogue = new Catalogue(ctx.database.engine, ctx.clock)
  let dispatcher: Dispatcher | undefined
  const tail = new LiveTail(ctx)
  let replayRunner: ReplayRunner | undefined
  const sink = () => dispatcher
  const intake = new Intake({
    database: ctx.database.intake,
    directory,
    signals: ctx.signals,
    sink,
  })
  const readiness = () => checkRoles(() => findRoles(owner, config.schema))
  const app = createApp({
    ctx,
    catalogue,
    directory,
    intake,
    tail,
    sink,
    observe: (settlements) => isClosed || tended().observe(settlements),
    readiness,
    dispatcher: () => dispatcher,
  })
  const served = mountUnder(app, config.basePath, config.log)
  const healthApp = createHealthApp({ ctx, readiness })
  let upkeep: Upkeep | undefined
  let isClosed = false
  /** Needed where attempts are made: by a dispatcher, or here, by whoever pulls. */
  const tended = (): Upkeep => {
    if (!upkeep) {
      upkeep = createUpkeep(ctx, tail)
      upkeep.start()
    }
    return upkeep
  }
  let maintenance: NodeJS.Timeout | undefined
  let starting: Promise<void> | undefined

  async function begin(): Promise<void> {
    dispatcher = new Dispatcher(ctx, directory, [tended().observe])
    await dispatcher.start()
    replayRunner = startReplays(ctx, directory)
    maintenance = setInterval(() => maintain(ctx), maintenanceEveryMs).unref()
  }

  /** First what brings work, then what does it. */
  async function halt(): Promise<void> {
    clearInterval(maintenance)
    await replayRunner?.stop()
    await dispatcher?.stop()
    await upkeep?.stop()
    replayRunner = dispatcher = upkeep = undefined
  }

  return {
    app,
    fetch: (request) => served.fetch(request),
    node: nodeListener(served, config.basePath),
    health: nodeListener(healthApp, ''),
    emit: (tx, event) => emitEvent({ ctx, catalogue }, tx, event),
    async migrate() {
      await migrate(owner, {
        schema: config.schema,
        tables: partitionedTables(config.retentionDays),
        nowMs: await databaseNowMs(owner),
        log: config.log,
      })
      await seedCatalogue(owner)
    },
    ensureApiKey: () => ensureBootstrapKey(ctx),
    dispatcher: {
      start() {
        starting ??= begin().catch(async (error) => {
          await halt()
          starting = undefined
          throw error
        })
        return starting
      },
      async stop() {
        // Who is told to stop while it starts does first the one and then the other.
        await starting?.catch(() => undefined)
        await halt()
        starting = undefined
      },
      async tick({ maxMs = tickMsDefault } = {}) {
        if (starting !== undefined) throw dispatcherErrors.dispatcher_running()
        const untilMs = ctx.clock.monotonicMs() + maxMs
        try {
          await this.start()
          let isIdle = false
          while (!isIdle && ctx.clock.monotonicMs() < untilMs) {
            await ctx.clock.sleep(idlePollMs)
            isIdle = (await sink()?.isIdle()) === true
          }
          return { isIdle }
        } finally {
          await this.stop()
        }
      },
    },
    async close() {
      // First, so that clients go to another process while this one finishes its work.
      await tail.close()
      isClosed = true
      await this.dispatcher.stop()
      await closeContext(ctx)
    },
  }
}

function startReplays(ctx: Context, directory: SubscriptionDirectory): ReplayRunner {
  const runner = new ReplayRunner(ctx, directory)
  runner.start()
  return runner
}

async function maintain(ctx: Context): Promise<void> {
  try {
    await maintainPartitions(
      ctx.database.owner,
      partitionedTables(ctx.config.retentionDays),
      // By this machine's clock, one that is set wrong would drop what is to be kept.
      await databaseNowMs(ctx.database.owner),
      ctx.log,
    )
  } catch (err) {
    ctx.log.warn({ err }, 'partitions could not be maintained and will be in an hour')
  }
}
