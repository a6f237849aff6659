import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { requireDelivery } from './read-deliveries.ts'
import { requestHeaders } from './request-headers.ts'
import type { Attempt } from './schemas.ts'
import type { Tenant } from './search-deliveries.ts'
import type { deliveryAttempts } from './tables.ts'

type AttemptRow = typeof deliveryAttempts.$inferSelect

/** A delivery's attempts, first to last. @throws not_found */
export async function listAttempts(
  ctx: Context,
  tenant: Tenant,
  deliveryId: string,
): Promise<Attempt[]> {
  return asTenant(ctx.database.api, tenant, async (tx) => {
    const delivery = await requireDelivery(tx, tenant, deliveryId)
    const rows = await tx<AttemptRow[]>`
      select * from delivery_attempts
      where organisation_id = ${delivery.organisationId} and delivery_id = ${deliveryId}
      order by number limit 1000`
    return rows.map((row) => presentAttempt(row, delivery.eventId))
  })
}

function presentAttempt(row: AttemptRow, eventId: string): Attempt {
  return {
    number: row.number,
    trigger: row.trigger as Attempt['trigger'],
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    connectMs: row.connectMs,
    firstByteMs: row.firstByteMs,
    outcome: row.outcome,
    error: row.error,
    // Of what is pulled there is none, nor where none could be made.
    request:
      row.url === ''
        ? null
        : {
            url: row.url,
            headers: requestHeaders({
              webhookId: eventId,
              timestampSeconds: Math.floor(row.startedAt.getTime() / 1000),
              signature: row.signature,
              headers: (row.requestHeaders ?? {}) as Record<string, string>,
            }),
          },
    response:
      row.statusCode === null
        ? null
        : {
            statusCode: row.statusCode,
            headers: (row.responseHeaders ?? {}) as Record<string, string>,
            body: row.responseBody ?? '',
            bodyEncoding: (row.responseBodyEncoding ?? 'utf8') as 'utf8' | 'base64',
            truncated: row.responseTruncated,
          },
  }
}
