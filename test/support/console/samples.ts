import postgres from 'postgres'
import { organisations } from './seed-ids.ts'

/** Ids in the seeded log that follow from the hour, so that they have to be looked up. */
export interface Samples {
  /** Of acme, newest first: with four attempts, waiting after two, and with one. */
  failedDelivery: string
  retryingDelivery: string
  succeededDelivery: string
  event: string
  /** By the name of their data, see `hostileData`. */
  hostile: Record<string, { deliveryId: string; eventId: string }>
}

export async function findSamples(databaseUrl: string): Promise<Samples> {
  const sql = postgres(databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  try {
    const [acme] = await sql<Omit<Samples, 'hostile'>[]>`select
      (select id from deliveries where organisation_id = ${organisations.acme.id} and status = 'failed'
        and attempts = 4 order by id desc limit 1) as "failedDelivery",
      (select id from delivery_queue where organisation_id = ${organisations.acme.id}
        and attempts > 0 order by id desc limit 1) as "retryingDelivery",
      (select id from deliveries where organisation_id = ${organisations.acme.id}
        and status = 'succeeded' order by id desc limit 1) as "succeededDelivery",
      (select id from domain_events where organisation_id = ${organisations.acme.id}
        order by id desc limit 1) as "event"`
    if (!acme) throw new Error('The database is not seeded')
    const hostile = await sql<{ name: string; deliveryId: string; eventId: string }[]>`
      select substr(event_type, 9) as name, id as "deliveryId", event_id as "eventId" from deliveries
      where organisation_id = ${organisations.hostile.id}`
    return {
      ...acme,
      hostile: Object.fromEntries(
        hostile.map(({ name, deliveryId, eventId }) => [name, { deliveryId, eventId }]),
      ),
    }
  } finally {
    await sql.end()
  }
}
