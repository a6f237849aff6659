import { isDeepStrictEqual } from 'node:util'
import type { EventToEmit } from '@posthorn/sdk'
import type { Endpoint } from './endpoints.ts'
import type { EndpointName, Receiver } from './receiver.ts'

/** What an endpoint should have got, and what it got. */
export interface Balance {
  name: EndpointName
  expected: number
  arrived: number
  unchanged: number
  /** What is wrong, in words; empty when all is well. */
  complaints: string[]
}

/** The demo's own books: what was posted, and so what must arrive where. */
export class Ledger {
  readonly #posted = new Map<string, EventToEmit>()

  /** @param id as the server accepted it */
  record(id: string, event: EventToEmit): void {
    this.#posted.set(id, event)
  }

  get size(): number {
    return this.#posted.size
  }

  expectedAt(endpoint: Endpoint): number {
    return [...this.#posted.values()].filter(endpoint.hears).length
  }

  balance(endpoint: Endpoint, receiver: Receiver): Balance {
    const inbox = receiver.inboxes[endpoint.name]
    const expected = [...this.#posted].filter(([, event]) => endpoint.hears(event))
    const arrived = expected.filter(([id]) => inbox.taken.has(id))
    const unchanged = arrived.filter(([id, event]) => {
      const taken = inbox.taken.get(id)
      return taken?.type === event.eventType && isDeepStrictEqual(taken.data, event.data)
    })
    const facts: [number, string][] = [
      [expected.length - arrived.length, 'did not arrive'],
      [arrived.length - unchanged.length, 'arrived with other data than was posted'],
      [inbox.taken.size - arrived.length, 'arrived that should not have'],
      [inbox.repeated, 'were delivered again after a success'],
      [inbox.changed, 'attempts had other bytes than the first'],
      [inbox.refused, 'requests did not verify'],
    ]
    return {
      name: endpoint.name,
      expected: expected.length,
      arrived: arrived.length,
      unchanged: unchanged.length,
      complaints: facts
        .filter(([count]) => count > 0)
        .map(([count, what]) => `/${endpoint.name}: ${count} ${what}`),
    }
  }
}
