import type {
  ListReplaysData,
  Replay,
  ReplayDetail,
  ReplayDryRun,
  ReplayInput,
  ReplayPage,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `replays.list`. `limit` is 1 to 250, 50 by default. */
export type ReplayQuery = QueryOf<ListReplaysData>

/**
 * Replays: jobs that deliver again what matches a filter, or a selection. Every call throws PosthornApiError or
 * TypeError; those that name one fail with `not_found`.
 */
export interface Replays {
  /**
   * Starts one; sending it again makes no second one. Errors: `replay_filter_empty`,
   * `replay_subscription_required`, `replay_subscription_inactive`.
   */
  create(input: ReplayInput): Promise<ReplayDetail>
  /** Counts what `create` would send and skip, and does nothing. Errors: those of `create`. */
  dryRun(input: ReplayInput): Promise<ReplayDryRun>
  /** A page, newest first. */
  list(query?: ReplayQuery): Promise<ReplayPage>
  /** All that match, newest first, page by page. */
  iterate(query?: ReplayQuery): AsyncGenerator<Replay, void, undefined>
  /** One replay, and what became of its deliveries. */
  get(id: string): Promise<ReplayDetail>
  /** Queues nothing more until it is resumed; what is queued is still sent. Errors: `replay_finished`. */
  pause(id: string): Promise<ReplayDetail>
  /** Goes on where it was paused. Errors: `replay_finished`. */
  resume(id: string): Promise<ReplayDetail>
  /** Ends it; what was not yet attempted goes back to what it was. Errors: `replay_finished`. */
  cancel(id: string): Promise<ReplayDetail>
}

export function createReplays(send: Send, organisationId: string | undefined): Replays {
  const query = { organisationId }
  const owned = (input: ReplayInput) => ({
    ...input,
    organisationId: input.organisationId ?? organisationId,
  })
  const list = (filter: ReplayQuery = {}) =>
    send<ReplayPage>({ method: 'GET', path: '/v1/replays', query: { organisationId, ...filter } })
  return {
    create: (input) => send({ method: 'POST', path: '/v1/replays', body: owned(input) }),
    dryRun: (input) =>
      send({
        method: 'POST',
        path: '/v1/replays',
        query: { dryRun: true },
        body: owned(input),
        idempotent: true,
      }),
    list,
    iterate: (filter = {}) => iteratePages(list, filter),
    get: (id) => send({ method: 'GET', path: path`/v1/replays/${id}`, query }),
    pause: (id) =>
      send({ method: 'POST', path: path`/v1/replays/${id}/pause`, query, idempotent: true }),
    resume: (id) =>
      send({ method: 'POST', path: path`/v1/replays/${id}/resume`, query, idempotent: true }),
    cancel: (id) => send({ method: 'POST', path: path`/v1/replays/${id}/cancel`, query }),
  }
}
