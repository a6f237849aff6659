import { randomUUID } from 'node:crypto'
import { type createTestPosthorn, issueEvent } from './create-test-posthorn.ts'
import type { Receiver } from './receiver.ts'

type Server = Awaited<ReturnType<typeof createTestPosthorn>>

/** An organisation with what it does: subscribe a path of the receiver, post events, look at its deliveries. */
export async function createOrganisation(server: Server, receiver: Receiver) {
  const { organisationId, key } = await server.createOrganisation()
  return {
    organisationId,
    key,
    async subscribe(settings: Record<string, unknown> = {}) {
      const path = `/${randomUUID()}`
      const url = receiver.url(path)
      const { body } = await server.call('POST', '/v1/subscriptions', {
        key,
        body: { url, ...settings },
      })
      return { id: body.id as string, path }
    },
    /** Their ids, in the order of the events. */
    async post(events: Record<string, unknown>[]): Promise<string[]> {
      const { body } = await server.call('POST', '/v1/events/batch', { key, body: { events } })
      return body.results.map((result: { event: { id: string } }) => result.event.id)
    },
    postMany(count: number): Promise<string[]> {
      return this.post(Array.from({ length: count }, () => issueEvent()))
    },
    async deliveries(subscriptionId: string) {
      const path = `/v1/deliveries?subscriptionId=${subscriptionId}&limit=100`
      const { body } = await server.call('GET', path, { key })
      return body.data as { id: string; eventId: string; status: string; attempts: number }[]
    },
    async attempts(deliveryId: string) {
      const { body } = await server.call('GET', `/v1/deliveries/${deliveryId}/attempts`, { key })
      return body.data as { outcome: string; error: string | null }[]
    },
  }
}

/** Resolves when the answer is truthy. */
export async function until<T>(
  ask: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer as Exclude<T, false | null | undefined>
    if (Date.now() > deadlineMs) throw new Error(`nothing within ${timeoutMs} ms: ${ask}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
