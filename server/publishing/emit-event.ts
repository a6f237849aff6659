import {
  checkEvent as checkForm,
  type EventToEmit,
  InvalidEventError,
  insertEvents,
  type Transaction,
} from '@posthorn/sdk/emit'
import type { Catalogue } from '../catalogue/index.ts'
import type { Context } from '../context.ts'
import { checkEvent } from '../events/index.ts'
import { type FieldIssue, PosthornError } from '../kernel/errors.ts'

/** An event in the host's transaction: durable and delivered if that commits. */
export interface EmittedEvent {
  id: string
  /** Where `data` does not fit the type's schema, when the type asks for warnings only. */
  warnings?: FieldIssue[]
}

/**
 * Writes one event by one INSERT in the host's transaction, checked as `POST /v1/events` does.
 * @throws InvalidEventError before any statement; EmitError, or what the driver throws, when Postgres refused it
 */
export async function emitEvent(
  { ctx, catalogue }: { ctx: Context; catalogue: Catalogue },
  tx: Transaction,
  event: EventToEmit,
): Promise<EmittedEvent> {
  const { row, issues } = checkForm(event)
  if (!row) throw new InvalidEventError(issues)
  // As it will be stored: without what JSON leaves out.
  const data: unknown = JSON.parse(row.dataJson)
  const types = await catalogue.find([row.eventType])
  const { warnings } = asInvalid(() =>
    checkEvent({
      input: { ...event, data },
      organisationId: row.organisationId,
      exactData: data,
      types,
      nowMs: ctx.clock.now(),
      retentionDays: ctx.config.retentionDays.events,
    }),
  )
  await insertEvents(tx, [row], ctx.config.schema)
  return { id: row.id, ...(warnings.length > 0 ? { warnings } : {}) }
}

/** What the API answers with a status of its own, is one error to somebody who calls a function. */
function asInvalid<Result>(check: () => Result): Result {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof PosthornError)) throw error
    throw new InvalidEventError(error.issues ?? [], { cause: error })
  }
}
