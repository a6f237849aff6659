import { eventInputSchema } from '../events/index.ts'
import { fieldIssues } from '../http/field-issues.ts'
import { problemBody } from '../http/problem.ts'
import type { Claim } from '../kernel/caller.ts'
import { commonErrors, PosthornError } from '../kernel/errors.ts'
import { claimedEventId } from './claimed-event-id.ts'
import { type Poster, postEvent } from './post-events.ts'
import type { BatchResult } from './schemas.ts'

export interface BatchToPost {
  items: readonly unknown[]
  /** The same items with their exact numbers. */
  exactItems: readonly unknown[]
  /** Decides whose an item is. @throws not_found, organisation_required */
  organisationOf(requested: string | undefined): string
  requestId: string
  claim: Claim | undefined
}

/**
 * Posts each item on its own: what is good is kept, what is bad is answered in its place.
 * @throws database_unavailable for the whole batch; sending it again with the same ids is safe
 */
export function postBatch(poster: Poster, batch: BatchToPost): Promise<BatchResult[]> {
  return Promise.all(
    batch.items.map(async (item, index): Promise<BatchResult> => {
      try {
        const event = await postItem(poster, batch, item, index)
        return { index, status: event.duplicate ? 'duplicate' : 'accepted', event }
      } catch (error) {
        if (!(error instanceof PosthornError) || error.status >= 500) throw error
        return {
          index,
          status: 'rejected',
          problem: problemBody(atIndex(error, index), batch.requestId),
        }
      }
    }),
  )
}

async function postItem(poster: Poster, batch: BatchToPost, item: unknown, index: number) {
  const parsed = eventInputSchema.safeParse(item)
  if (!parsed.success) {
    throw commonErrors.validation_failed({ issues: await fieldIssues(eventInputSchema, item) })
  }
  const exactData = (batch.exactItems[index] as { data: unknown }).data
  const { id = claimedEventId(batch.claim, index), ...given } = parsed.data
  const organisationId = batch.organisationOf(given.organisationId)
  return postEvent(poster, { input: { ...given, id }, organisationId, exactData })
}

function atIndex(error: PosthornError, index: number): PosthornError {
  const issues = error.issues?.map((issue) => ({
    ...issue,
    field: `events.${index}.${issue.field}`.replace(/\.$/, ''),
  }))
  return new PosthornError(error.code, error.status, error.title, {
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(issues === undefined ? {} : { issues }),
    ...(error.limit === undefined ? {} : { limit: error.limit }),
  })
}
