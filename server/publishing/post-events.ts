import type { Catalogue } from '../catalogue/index.ts'
import type { Context } from '../context.ts'
import { type CheckedEvent, checkEvent, type EventInput } from '../events/index.ts'
import type { FieldIssue } from '../kernel/errors.ts'
import type { OrganisationQuotas } from '../limits/index.ts'
import type { Intake } from './intake.ts'

export interface PostedEvent {
  id: string
  organisationId: string
  createdAt: string
  duplicate: boolean
  warnings?: FieldIssue[]
}

export interface EventToPost {
  input: EventInput
  organisationId: string
  /** `data` with its exact numbers. */
  exactData: unknown
}

export interface Poster {
  ctx: Context
  catalogue: Catalogue
  intake: Intake
  quotas: OrganisationQuotas
}

/**
 * Checks an event, stores it durably and has its deliveries created.
 * @throws event_quota_exceeded, backlog_quota_exceeded, any error of `events`
 */
export async function postEvent(poster: Poster, toPost: EventToPost): Promise<PostedEvent> {
  const { ctx, catalogue, intake, quotas } = poster
  await quotas.takeEvent(toPost.organisationId)
  const types = await catalogue.find([toPost.input.eventType])
  const event = checkEvent({
    ...toPost,
    types,
    nowMs: ctx.clock.now(),
    retentionDays: ctx.config.retentionDays.events,
  })
  return present(event, await intake.accept(event))
}

function present(
  event: CheckedEvent,
  accepted: { createdAt: string; duplicate: boolean },
): PostedEvent {
  const { id, organisationId, warnings } = event
  return { id, organisationId, ...accepted, ...(warnings.length > 0 ? { warnings } : {}) }
}
