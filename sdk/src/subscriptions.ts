import { type ConsumeOptions, consume, type DeliveryHandler } from './consume.ts'
import type {
  AcknowledgedDeliveries,
  Acknowledgement,
  ListSubscriptionsData,
  PulledDeliveries,
  PullRequest,
  PullState,
  RotatedSecret,
  SecretRotation,
  Subscription,
  SubscriptionInput,
  SubscriptionPage,
  SubscriptionPatch,
  SubscriptionPreview,
  SubscriptionPreviewRequest,
  SubscriptionSecret,
  SubscriptionWithSecret,
  TestRequest,
  TestResponse,
  UrlCheck,
} from './generated/types.gen.ts'
import { iteratePages, type QueryOf } from './page.ts'
import { path, type Send } from './request.ts'

/** Filters and page of `subscriptions.list`. `limit` is 1 to 250, 50 by default. */
export type SubscriptionQuery = QueryOf<ListSubscriptionsData>

/** Of `hmac`: the secret is what its receiver verifies with. */
export type WithSharedSecret = SubscriptionWithSecret & { secret: string }

/**
 * Subscriptions. Every `id` may also be `uid:` and the name of your own. Every call throws PosthornApiError or
 * TypeError; those that name one fail with `not_found`.
 */
export interface Subscriptions {
  /**
   * Registers one. The answer holds its secret, or its public key where it is `ed25519` that signs. With `put` and a `uid`
   * your own program may repeat it, too.
   */
  create(input: SubscriptionInput & { signing?: 'hmac' }): Promise<WithSharedSecret>
  create(input: SubscriptionInput): Promise<SubscriptionWithSecret>
  /** What one with these settings would hear of: event types, and events of the last 24 hours. Nothing is stored. */
  preview(
    request: SubscriptionPreviewRequest,
    options?: { signal?: AbortSignal },
  ): Promise<SubscriptionPreview>
  /** Whether deliveries may go to a URL, and why not. Its name is looked up; no connection is made. */
  checkUrl(url: string, options?: { signal?: AbortSignal }): Promise<UrlCheck>
  /** A page, newest first. */
  list(query?: SubscriptionQuery): Promise<SubscriptionPage>
  /** All that match, newest first, page by page. */
  iterate(query?: SubscriptionQuery): AsyncGenerator<Subscription, void, undefined>
  /** One subscription, without its secret. */
  get(id: string): Promise<Subscription>
  /**
   * Changes the settings that are given; null clears one. With the `revision` that was read, only if nobody has changed
   * it since. Errors: `subscription_changed`.
   */
  update(
    id: string,
    patch: SubscriptionPatch,
    options?: { revision?: number },
  ): Promise<Subscription>
  /**
   * Replaces all settings; by `uid:…` it also creates it, or revives it with its secret. A `secret` or `signing` that is left
   * out stays as it is; another one is a rotation.
   */
  put(id: string, input: SubscriptionInput & { signing: 'hmac' }): Promise<WithSharedSecret>
  put(id: string, input: SubscriptionInput): Promise<SubscriptionWithSecret>
  /** Deletes it; for 30 days a `put` with its uid revives it. */
  delete(id: string): Promise<void>
  /** Holds its deliveries until it is resumed. */
  pause(id: string): Promise<Subscription>
  /** Makes it active again, whether it was paused or disabled. */
  resume(id: string): Promise<Subscription>
  /** Sends it an example of the catalogue, whatever it listens to. Errors: `subscription_not_active`. */
  test(id: string, request?: TestRequest): Promise<TestResponse>
  /**
   * Leases up to 1,000 of what waits for a pull subscription. Not repeated by itself: what an answer that was lost has
   * leased comes again when its lease ends. Errors: `subscription_not_pulled`.
   */
  pull(
    id: string,
    request?: PullRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<PulledDeliveries>
  /** Says what became of leased deliveries, a result for each; look at `accepted`. It may be repeated. */
  acknowledge(id: string, said: Acknowledgement): Promise<AcknowledgedDeliveries>
  /**
   * Fetches and hands over, one delivery after the other, until `signal` aborts: acknowledged when `handle` resolves,
   * failed with what it throws. Goes on through restarts of the server. A delivery may come twice, as a webhook may.
   */
  consume(id: string, handle: DeliveryHandler, options?: ConsumeOptions): Promise<void>
  /** How much waits for a pull subscription, and when it was pulled last. */
  pullState(id: string): Promise<PullState>
  /**
   * Makes a new secret or key pair. The one before signs, too, for `overlapSeconds`, a day unless it is said; 0 revokes it at
   * once, with all before it. Errors: `subscription_secrets_full`.
   */
  rotateSecret(id: string, rotation?: SecretRotation): Promise<RotatedSecret>
  /** Its secret, and those before while they still sign. Errors: `subscription_signs_with_private_key`. */
  secret(id: string): Promise<SubscriptionSecret>
}

export function createSubscriptions(send: Send, organisationId: string | undefined): Subscriptions {
  const query = { organisationId }
  // null says that it is the platform's, so only what is absent is filled in.
  const owned = <Input extends { organisationId?: string | null }>(input: Input) =>
    input.organisationId === undefined ? { ...input, organisationId } : input
  const list = (filter: SubscriptionQuery = {}) =>
    send<SubscriptionPage>({
      method: 'GET',
      path: '/v1/subscriptions',
      query: { organisationId, ...filter },
    })
  const pull: Subscriptions['pull'] = (id, request = {}, { signal } = {}) =>
    send({
      signal,
      method: 'POST',
      path: path`/v1/subscriptions/${id}/pull`,
      query,
      body: request,
    })
  const acknowledge: Subscriptions['acknowledge'] = (id, said) =>
    send({
      method: 'POST',
      path: path`/v1/subscriptions/${id}/ack`,
      query,
      body: said,
      idempotent: true,
    })
  return {
    pull,
    acknowledge,
    consume: (id, handle, options) =>
      consume(
        {
          pull: (request, signal) => pull(id, request, { signal }),
          acknowledge: (said) => acknowledge(id, said),
        },
        handle,
        options,
      ),
    pullState: (id) => send({ method: 'GET', path: path`/v1/subscriptions/${id}/pull`, query }),
    create: (input: SubscriptionInput) =>
      send<WithSharedSecret>({ method: 'POST', path: '/v1/subscriptions', body: owned(input) }),
    preview: (request, { signal } = {}) =>
      send({
        signal,
        method: 'POST',
        path: '/v1/subscriptions/preview',
        body: owned(request),
        idempotent: true,
      }),
    checkUrl: (url, { signal } = {}) =>
      send({
        signal,
        method: 'POST',
        path: '/v1/subscriptions/check-url',
        body: { url },
        idempotent: true,
      }),
    list,
    iterate: (filter = {}) => iteratePages(list, filter),
    get: (id) => send({ method: 'GET', path: path`/v1/subscriptions/${id}`, query }),
    update: (id, body, { revision } = {}) =>
      send({
        method: 'PATCH',
        path: path`/v1/subscriptions/${id}`,
        query,
        body,
        // A second one would meet the change that the first has made.
        ...(revision !== undefined && {
          headers: { 'if-match': `"${revision}"` },
          idempotent: false,
        }),
      }),
    put: (id: string, input: SubscriptionInput) =>
      send<WithSharedSecret>({
        method: 'PUT',
        path: path`/v1/subscriptions/${id}`,
        body: owned(input),
      }),
    delete: (id) => send({ method: 'DELETE', path: path`/v1/subscriptions/${id}`, query }),
    pause: (id) =>
      send({ method: 'POST', path: path`/v1/subscriptions/${id}/pause`, query, idempotent: true }),
    resume: (id) =>
      send({ method: 'POST', path: path`/v1/subscriptions/${id}/resume`, query, idempotent: true }),
    test: (id, request = {}) =>
      send({
        method: 'POST',
        path: path`/v1/subscriptions/${id}/test`,
        query,
        body: { ...request, organisationId: request.organisationId ?? organisationId },
      }),
    rotateSecret: (id, rotation = {}) =>
      send({
        method: 'POST',
        path: path`/v1/subscriptions/${id}/rotate-secret`,
        query,
        body: rotation,
      }),
    secret: (id) => send({ method: 'GET', path: path`/v1/subscriptions/${id}/secret`, query }),
  }
}
