// Where events and jobs come from: the application. Its CPU time is counted apart from what is measured.
import { setTimeout as sleep } from 'node:timers/promises'
import { makeWorkerUtils } from 'graphile-worker'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { v7 } from 'uuid'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { queueName, taskName } from '../delivery-job.ts'
import { answerCalls } from '../program.ts'
import { entityType, eventType, sampleBody, sampleData } from '../webhook.ts'

/** Events per statement or request when as many as possible are to go in. */
const batchSize = 500
const batchesUnderWay = 2

export interface Target {
  /** In through the API, or by INSERT. */
  way: 'rest' | 'sql'
  url: string
  apiKey: string
  databaseUrl: string
}

interface Events {
  organisationIds: string[]
  bodyBytes: number
}

interface Bulk extends Events {
  events: number
}

interface AtRate extends Events {
  perSecond: number
  seconds: number
  batchSize: number
}

/** Takes events in: resolves when they are durable. */
type Accept = (events: Event[]) => Promise<void>

interface Event {
  id: string
  organisationId: string
  entityType: string
  entityId: string
  eventType: string
  data: Record<string, unknown>
}

function open(target: Target): { accept: Accept; close(): Promise<void> } {
  if (target.way === 'rest') {
    const client = createPosthornClient({ url: target.url, apiKey: target.apiKey })
    const accept: Accept = async (events) => {
      const [only] = events
      if (only && events.length === 1) {
        await client.emit(only)
        return
      }
      const results = await client.emitMany(events)
      const refused = results.find(({ status }) => status !== 'accepted')
      if (refused) throw new Error(`An event was refused: ${JSON.stringify(refused)}`)
    }
    return { accept, close: async () => {} }
  }
  const sql = postgres(target.databaseUrl, { max: 8 })
  const accept: Accept = async (events) => {
    await sql`
      insert into posthorn.domain_events (id, organisation_id, entity_type, entity_id, event_type, data)
      select id, "organisationId", "entityType", "entityId", "eventType", data
      from json_to_recordset(${JSON.stringify(events)}::text::json) as e(id uuid, "organisationId" uuid,
        "entityType" text, "entityId" uuid, "eventType" text, data jsonb)`
  }
  return { accept, close: () => sql.end() }
}

/** The id is the event's, made now: the receiver reads the time from it. */
function eventMaker({ organisationIds, bodyBytes }: Events): () => Event {
  const data = sampleData(bodyBytes)
  let made = 0
  return () => ({
    id: v7(),
    organisationId: organisationIds[made++ % organisationIds.length] ?? '',
    entityType,
    entityId: v7(),
    eventType,
    data,
  })
}

/** Cuts a number of things into batches and keeps some of them under way. */
async function inBatches(total: number, work: (size: number) => Promise<unknown>): Promise<void> {
  let left = total
  async function worker(): Promise<void> {
    while (left > 0) {
      const size = Math.min(batchSize, left)
      left -= size
      await work(size)
    }
  }
  await Promise.all(Array.from({ length: batchesUnderWay }, worker))
}

const handlers = {
  async events(target: Target, bulk: Bulk): Promise<void> {
    const { accept, close } = open(target)
    const make = eventMaker(bulk)
    // 8 MiB is what one request may have.
    const perBatch = Math.max(1, Math.min(batchSize, Math.floor(6_000_000 / bulk.bodyBytes)))
    await inBatches(bulk.events, async (size) => {
      for (let at = 0; at < size; at += perBatch) {
        await accept(Array.from({ length: Math.min(perBatch, size - at) }, make))
      }
    })
    await close()
  },

  /** Sends on time whether or not earlier ones have been answered. Resolves with how many went in and how fast. */
  async eventsAtRate(target: Target, load: AtRate): Promise<{ events: number; perSecond: number }> {
    const { accept, close } = open(target)
    const make = eventMaker(load)
    const batches = Math.round((load.perSecond * load.seconds) / load.batchSize)
    const everyMs = (1000 * load.batchSize) / load.perSecond
    const accepted: Promise<void>[] = []
    const startedMs = performance.now()
    for (let turn = 0; turn < batches; turn++) {
      const waitMs = startedMs + turn * everyMs - performance.now()
      if (waitMs >= 1) await sleep(waitMs)
      accepted.push(accept(Array.from({ length: load.batchSize }, make)))
    }
    await Promise.all(accepted)
    const events = batches * load.batchSize
    const perSecond = events / ((performance.now() - startedMs) / 1000)
    await close()
    return { events, perSecond }
  },

  /** The application's own work with and without an event, in turns on one connection. */
  async transactions(databaseUrl: string, organisationId: string, pairs: number) {
    const sql = postgres(databaseUrl, { max: 1 })
    await sql`create table issues as select uuidv7() as id, 'open' as status from generate_series(1, 10000)`
    await sql`alter table issues add primary key (id)`
    const ids = (await sql<{ id: string }[]>`select id from issues`).map(({ id }) => id)
    const data = JSON.stringify(sampleData(1000))
    async function change(turn: number, emits: boolean): Promise<number> {
      const issueId = ids[turn % ids.length] ?? ''
      const startedMs = performance.now()
      await sql.begin(async (tx) => {
        await tx`update issues set status = ${`status ${turn}`} where id = ${issueId}`
        if (!emits) return
        await tx`
          insert into posthorn.domain_events (organisation_id, entity_type, entity_id, event_type, data)
          values (${organisationId}, ${entityType}, ${issueId}, ${eventType}, ${data}::text::jsonb)`
      })
      return performance.now() - startedMs
    }
    for (let turn = 0; turn < 100; turn++) await change(turn, false)
    const withoutMs: number[] = []
    const withMs: number[] = []
    for (let turn = 0; turn < pairs; turn++) {
      withoutMs.push(await change(2 * turn, false))
      withMs.push(await change(2 * turn + 1, true))
    }
    await sql.end()
    return { withoutMs, withMs }
  },

  async graphileJobs(databaseUrl: string, jobs: number, bodyBytes: number): Promise<void> {
    const utils = await makeWorkerUtils({ connectionString: databaseUrl })
    const payload = JSON.parse(sampleBody(bodyBytes))
    await inBatches(jobs, (size) =>
      utils.addJobs(
        Array.from({ length: size }, () => ({
          identifier: taskName,
          payload: { ...payload, id: v7() },
        })),
      ),
    )
    await utils.release()
  },

  async bossJobs(databaseUrl: string, jobs: number, bodyBytes: number): Promise<void> {
    const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false })
    await boss.start()
    const data = JSON.parse(sampleBody(bodyBytes))
    await inBatches(jobs, (size) =>
      boss.insert(
        queueName,
        Array.from({ length: size }, () => ({ data: { ...data, id: v7() } })),
      ),
    )
    await boss.stop()
  },
}
export type LoadCalls = typeof handlers
answerCalls(handlers)
