import { PosthornApiError } from './api-error.ts'
import type {
  AcknowledgedDeliveries,
  AcknowledgedDelivery,
  Acknowledgement,
  PulledDeliveries,
  PulledDelivery,
  PullRequest,
} from './generated/types.gen.ts'
import { isConnectionError } from './request.ts'
import { isTransient, retryDelayMs } from './retry.ts'
import { sleep } from './sleep.ts'

export interface ConsumeOptions {
  /** Ends it: the delivery at hand is finished, the others are given back. */
  signal?: AbortSignal
  /** Deliveries fetched at once, 1 to 1000. @default 100 */
  limit?: number
  /** How long these may take together, 1 to 43200. What is not begun by then is given back. @default 60 */
  leaseSeconds?: number
  /** How long one request waits where there is none, 0 to 20; below the client's `timeoutMs`. @default 10 */
  waitSeconds?: number
  /** Told of each delivery whose end was refused: its lease was over, and somebody else gets it or has it. */
  onRefused?: (refused: AcknowledgedDelivery) => void
  /** Told each time the server cannot be reached, before it is tried again. */
  onDisconnect?: (error: unknown) => void
}

/** What becomes of a delivery: resolving acknowledges it; what is thrown is its failure, and goes into the log. */
export type DeliveryHandler = (delivery: PulledDelivery) => Promise<void> | void

/** Of the lease, the part after which nothing more is begun: the rest is for what is under way. */
const beginWithin = 0.7
/** So much is acknowledged together, or whatever there is after this long. */
const acknowledgeMax = 100
const acknowledgeEveryMs = 1000
const delayMaxMs = 30_000

export interface Calls {
  pull(request: PullRequest, signal?: AbortSignal): Promise<PulledDeliveries>
  acknowledge(said: Acknowledgement): Promise<AcknowledgedDeliveries>
}

/**
 * Fetches, one after the other, until `signal` aborts. After a failure, later deliveries of the same entity are given
 * back, so that where order is kept none overtakes it. @throws PosthornApiError when the server refuses
 */
export async function consume(
  calls: Calls,
  handle: DeliveryHandler,
  options: ConsumeOptions = {},
): Promise<void> {
  const { signal, limit = 100, leaseSeconds = 60, waitSeconds = 10 } = options
  while (!signal?.aborted) {
    const pulled = await insist(
      () => calls.pull({ limit, leaseSeconds, waitSeconds }, signal),
      options,
    )
    const untilMs = performance.now() + leaseSeconds * 1000 * beginWithin
    // While it is paused the server answers at once.
    if (pulled?.data.length === 0 && pulled.status !== 'active')
      await sleep(waitSeconds * 1000, signal)
    if (pulled && pulled.data.length > 0) await work(calls, handle, pulled.data, untilMs, options)
  }
}

async function work(
  calls: Calls,
  handle: DeliveryHandler,
  deliveries: readonly PulledDelivery[],
  untilMs: number,
  options: ConsumeOptions,
): Promise<void> {
  const failedEntities = new Set<string>()
  let said = nothing()
  let saidMs = performance.now()
  const flush = async () => {
    const saying = said
    said = nothing()
    saidMs = performance.now()
    if (sizeOf(saying) === 0) return
    const answer = await insist(() => calls.acknowledge(saying), options)
    for (const one of answer?.data ?? []) if (!one.accepted) options.onRefused?.(one)
  }
  for (const delivery of deliveries) {
    const { id, attempt, event } = delivery
    const mayBegin = !options.signal?.aborted && performance.now() < untilMs
    // Organisations choose the ids of their entities.
    const entity = `${event.organisationId}/${event.entityId}`
    if (!mayBegin || failedEntities.has(entity)) {
      said.released.push({ id, attempt })
      continue
    }
    try {
      await handle(delivery)
      said.succeeded.push({ id, attempt })
    } catch (error) {
      failedEntities.add(entity)
      said.failed.push({ id, attempt, error: describe(error) })
    }
    if (sizeOf(said) >= acknowledgeMax || performance.now() - saidMs >= acknowledgeEveryMs)
      await flush()
  }
  await flush()
}

const nothing = (): Required<Acknowledgement> => ({ succeeded: [], failed: [], released: [] })

function sizeOf({ succeeded, failed, released }: Required<Acknowledgement>): number {
  return succeeded.length + failed.length + released.length
}

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.slice(0, 1024) || 'failed'
}

/** Until it is done, through restarts of the server; undefined when the caller wants no more and it is not. */
async function insist<Answer>(
  call: () => Promise<Answer>,
  { signal, onDisconnect }: ConsumeOptions,
): Promise<Answer | undefined> {
  for (let failures = 1; ; failures++) {
    try {
      return await call()
    } catch (error) {
      if (signal?.aborted) return undefined
      const isPassing =
        error instanceof PosthornApiError ? isTransient(error.status) : isConnectionError(error)
      if (!isPassing) throw error
      onDisconnect?.(error)
      await sleep(retryDelayMs(failures, null) ?? delayMaxMs, signal)
    }
  }
}
