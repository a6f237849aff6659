import type { World } from './world.ts'

/** Events whose deliveries to one subscription are all due now. Returns the ids of the events. */
export async function insertBacklog(
  { sql }: World,
  { id, organisationId }: { id: string; organisationId: string | null },
  count: number,
): Promise<string[]> {
  const rows = await sql<{ eventId: string }[]>`
    with event as (
      insert into domain_events (entity_type, entity_id, event_type, data, organisation_id, published_at)
      select 'Issue', gen_random_uuid(), 'IssueUpdated', jsonb_build_object('n', n), ${organisationId}::uuid, now()
      from generate_series(1, ${count}::int) n
      returning id, organisation_id
    )
    insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
    select organisation_id, uuidv7(), id, ${id}::uuid, bucket_of(organisation_id) from event
    returning event_id`
  return rows.map(({ eventId }) => eventId)
}
