import { randomUUID } from 'node:crypto'
import type { ISql } from 'postgres'
import { deliveryIdOf, newId } from '../../server/kernel/ids.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import type { HostileRow } from './hostile-rows.ts'
import { organisationIn, type World } from './world.ts'

/** Where a hostile row went. */
export interface Planted extends HostileRow {
  organisationId: string
  eventId: string
  deliveryId: string
  path: string
}

/** Puts a row straight into the tables, with whatever else a delivery needs, in an organisation of its own. */
export async function insertHostileRow(
  { sql, receiver, subscriptions }: World,
  row: HostileRow,
  bucket: number,
): Promise<Planted> {
  const organisationId = organisationIn(bucket)
  const [eventId, subscriptionId] = [newId(), newId()]
  const deliveryId = deliveryIdOf(eventId, subscriptionId)
  const path = `/hostile/${randomUUID()}`
  const url = `http://127.0.0.1:${receiver.port}${path}`
  const secret = newSecret()
  await receiver.set(path, { secret })
  subscriptions.push({ id: subscriptionId, organisationId, path })
  const insert = (tx: ISql, table: string, columns: Record<string, string>) =>
    tx.unsafe(
      `insert into ${table} (${Object.keys(columns).join(', ')}) values (${Object.values(columns).join(', ')})`,
    )
  // Together, as every change of a subscription: a revision that is seen before its row hides the row for good.
  await sql.begin(async (tx) => {
    await tx`update subscription_revision set revision = revision + 1`
    await insert(tx, 'subscriptions', {
      id: `'${subscriptionId}'`,
      organisation_id: `'${organisationId}'`,
      url: `'${url}'`,
      secret: `'${secret}'`,
      revision: '(select revision from subscription_revision)',
      // A receiver may refuse a row without a word: then this answers, and well before anyone stops waiting.
      timeout_ms: '5000',
      ...row.subscription,
    })
  })
  await insert(sql, 'domain_events', {
    id: `'${eventId}'`,
    entity_type: `'Issue'`,
    entity_id: `'${randomUUID()}'`,
    event_type: `'IssueUpdated'`,
    data: `'{"title":"Lift"}'::jsonb`,
    organisation_id: `'${organisationId}'`,
    published_at: 'now()',
    ...row.event,
  })
  await insert(sql, 'delivery_queue', {
    organisation_id: `'${organisationId}'`,
    id: `'${deliveryId}'`,
    event_id: `'${eventId}'`,
    subscription_id: `'${subscriptionId}'`,
    bucket: String(bucket),
    ...row.queue,
  })
  return { ...row, organisationId, eventId, deliveryId, path }
}
