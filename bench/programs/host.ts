// An application that emits in its own transactions, by the driver it has; with Posthorn in it, or beside it.
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { v7 } from 'uuid'
import { createEmitter } from '../../sdk/src/index.ts'
import { createPosthorn } from '../../server/index.ts'
import { drivers } from '../../test/emit/drivers.ts'
import { encryptionKey } from '../encryption-key.ts'
import { answerCalls } from '../program.ts'
import { entityType, eventType, sampleData } from '../webhook.ts'

const { emit } = createEmitter()

function makeEvent(organisationId: string) {
  return { organisationId, entityType, entityId: v7(), eventType, data: sampleData(1000) }
}

const handlers = {
  async prepare(databaseUrl: string): Promise<void> {
    const sql = postgres(databaseUrl, { max: 1 })
    await sql`create table public.notes (id serial primary key, text text not null)`
    await sql.end()
  },

  /** A transaction with one statement of the host's own, with and without an event, in turns on one connection. */
  async transactions(driver: string, databaseUrl: string, organisationId: string, pairs: number) {
    const host = await drivers[driver]?.(databaseUrl)
    if (!host) throw new Error(`No driver ${driver}`)
    async function change(emits: boolean): Promise<number> {
      const event = makeEvent(organisationId)
      const startedMs = performance.now()
      await host?.transaction(async (tx, note) => {
        await note('changed')
        if (emits) await emit(tx, event)
      })
      return performance.now() - startedMs
    }
    for (let turn = 0; turn < 50; turn++) await change(turn % 2 === 0)
    const withoutMs: number[] = []
    const withMs: number[] = []
    for (let turn = 0; turn < pairs; turn++) {
      withoutMs.push(await change(false))
      withMs.push(await change(true))
    }
    await host.close()
    return { withoutMs, withMs }
  },

  /** Now and then an event, each of the next organisation; with a dispatcher in this process or without. */
  async nowAndThen(
    databaseUrl: string,
    organisationIds: string[],
    everyMs: number,
    dispatches: boolean,
  ): Promise<void> {
    const allowed = {
      encryptionKeys: [encryptionKey],
      allowHttp: true,
      allowedNetworks: ['127.0.0.0/8'],
    }
    const posthorn = createPosthorn({ database: databaseUrl, ...allowed })
    if (dispatches) await posthorn.dispatcher.start()
    const sql = postgres(databaseUrl, { max: 1 })
    for (const organisationId of organisationIds) {
      await sleep(everyMs)
      await sql.begin((tx) => emit(tx, makeEvent(organisationId)))
    }
    await sleep(1000)
    await sql.end()
    await posthorn.close()
  },
}
export type HostCalls = typeof handlers
answerCalls(handlers)
