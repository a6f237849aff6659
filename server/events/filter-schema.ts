import { z } from '@hono/zod-openapi'
import { listOf } from '../http/list-of.ts'
import { timeSchema } from '../http/responses.ts'
import { eventTypePatternSchema } from '../subscriptions/index.ts'

/** Of the list of events, beside its page. */
export const eventQuery = {
  entityType: listOf(z.string().min(1).max(128), 'About one of these entity types'),
  entityId: z.guid().optional(),
  eventType: listOf(
    eventTypePatternSchema,
    'Of one of these event types; `*` stands for any run of characters',
  ),
  correlationId: z.guid().optional(),
  source: listOf(z.string().min(1).max(128), 'From one of these sources'),
  idPrefix: z
    .string()
    .regex(
      /^[0-9a-f]{1,8}(-[0-9a-f]{0,4}){0,3}(-[0-9a-f]{0,12})?$/i,
      'is not the beginning of an id',
    )
    .optional()
    .meta({ description: 'Whose id begins with this', example: '019a9d2e-5c' }),
  since: timeSchema.optional().meta({ description: 'Recorded at or after this time' }),
  until: timeSchema.optional().meta({ description: 'Recorded before this time' }),
  include: z.enum(['deliveries']).optional().meta({
    description: 'Counts the deliveries of each event; takes the scope `deliveries:read` as well',
  }),
}

/** Of the history, beside its page. */
export const historyQuery = {
  entityType: eventQuery.entityType,
  entityId: eventQuery.entityId,
  eventType: eventQuery.eventType,
  since: timeSchema.optional().meta({
    description:
      'Without a cursor: begin with what was published then; otherwise with the oldest that is kept',
  }),
}
