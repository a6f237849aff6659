import { randomUUID } from 'node:crypto'
import type { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { issueEvent } from '../support/create-test-posthorn.ts'
import { behaviours, type Receiver } from '../support/receiver.ts'

type Server = Awaited<ReturnType<typeof createTestPosthorn>>

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
type Body = any

/** An organisation that subscribes, posts and replays. */
export async function createReplayer(server: Server, receiver: Receiver) {
  const { organisationId, key } = await server.createOrganisation()
  const call = (method: string, path: string, body?: unknown) =>
    server.call(method, path, { key, body })

  async function subscribe(settings: Record<string, unknown> = {}) {
    const path = `/${randomUUID()}`
    const { body } = await call('POST', '/v1/subscriptions', {
      url: receiver.url(path),
      ...settings,
    })
    return { id: body.id as string, path }
  }

  async function post(count: number, more: Record<string, unknown> = {}): Promise<string[]> {
    const ids: string[] = []
    for (let left = count; left > 0; left -= 500) {
      const events = Array.from({ length: Math.min(500, left) }, () => issueEvent(more))
      const { body } = await call('POST', '/v1/events/batch', { events })
      ids.push(...body.results.map((result: Body) => result.event.id))
    }
    return ids
  }

  /** The first answer that satisfies `isDone`. */
  async function until(path: string, isDone: (body: Body) => boolean): Promise<Body> {
    const deadline = Date.now() + 50_000
    for (;;) {
      const { body } = await call('GET', path)
      if (isDone(body)) return body
      if (Date.now() > deadline) throw new Error(`in vain: ${JSON.stringify(body)}`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  /** Deliveries of a subscription by status, once there are `count` of them and none is pending. */
  async function finished(subscriptionId: string, count: number): Promise<Record<string, number>> {
    const list = `/v1/deliveries?limit=250&subscriptionId=${subscriptionId}`
    const { data } = await until(
      list,
      (body) =>
        body.data.length === count && body.data.every((one: Body) => one.status !== 'pending'),
    )
    return Object.groupBy(data as Body[], (one) => one.status) as never
  }

  return {
    organisationId,
    key,
    call,
    subscribe,
    post,
    until,
    finished,
    /** `count` failed deliveries of a new subscription, whose receiver works again. */
    async outage(count: number, settings: Record<string, unknown> = {}) {
      const subscription = await subscribe({ retry: { scheduleSeconds: [] }, ...settings })
      receiver.behave(subscription.path, behaviours.status(503))
      const ids = await post(count)
      await receiver.waitFor(count, { path: subscription.path })
      await until(
        `/v1/deliveries?limit=1&status=pending&subscriptionId=${subscription.id}`,
        (body) => body.data.length === 0,
      )
      receiver.behave(subscription.path, behaviours.ok())
      return { ...subscription, ids }
    },
    async dryRun(body: object) {
      return (await call('POST', '/v1/replays?dryRun=true', body)).body
    },
    async replay(body: object) {
      const answer = await call('POST', '/v1/replays', body)
      if (answer.status !== 202) throw new Error(JSON.stringify(answer.body))
      return answer.body as { id: string } & Record<string, Body>
    },
    completed: (id: string) =>
      until(`/v1/replays/${id}`, (body) => body.status === 'completed' && body.pending === 0),
  }
}

/** The webhook ids that arrived at a path after the first `from`. */
export function arrivals(receiver: Receiver, path: string, from = 0): string[] {
  return receiver
    .requests(path)
    .slice(from)
    .map((request) => request.webhookId ?? '')
}
