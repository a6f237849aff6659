import { prisma } from '../database/prisma.ts'
import { describeEvent } from './describe-event.ts'

export interface ActivityQuery {
  organisationId: string
  /** Of one issue, tenant, document … @default all of the organisation */
  entityId?: string
  /** Id of an event: those before it. */
  before?: string
  limit?: number
}

export interface Activity {
  id: string
  entityType: string
  entityId: string
  eventType: string
  summary: string
  userId: string | null
  correlationId: string | null
  createdAt: string
}

/** The feed, newest first, from the table that webhooks are sent from: ids of events are in the order of time. */
export async function readActivity(query: ActivityQuery): Promise<Activity[]> {
  const { organisationId, entityId, before, limit = 50 } = query
  const events = await prisma.domainEvent.findMany({
    where: {
      organisationId,
      ...(entityId !== undefined && { entityId }),
      ...(before !== undefined && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return events.map(({ data, createdAt, ...event }) => ({
    ...event,
    createdAt: createdAt.toISOString(),
    summary: describeEvent(event.eventType, data),
  }))
}
