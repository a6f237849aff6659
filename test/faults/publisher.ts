import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../server/kernel/ids.ts'

const giveUpOnAnswerMs = 15_000

export interface PublisherOptions {
  /** Of an API that may be asked now; another one at each try, if there are several. */
  url: () => string
  apiKey: string
  organisationIds: readonly string[]
  /** Requests at once. */
  clients: number
  /** Events per request; 1 uses `POST /v1/events`. */
  batch: number
  /** Stops by itself after so many; endless without. */
  eventsMax?: number
  /** Of one client, between two requests. */
  pauseMs?: number
}

/** Publishes as a careful producer does: the same events under the same ids, until they are accepted. */
export interface Publisher {
  attempted: Map<string, string>
  accepted: Map<string, string>
  /** When each was accepted. */
  acceptedAtMs: Map<string, number>
  /** How often each status was answered; `none` where no answer came. */
  answers: Map<number | 'none', number>
  /** Resolves when all events are accepted. */
  done: Promise<void>
  /** Sends nothing new; resolves when what was begun is accepted. */
  stop(): Promise<void>
}

export function startPublisher(options: PublisherOptions): Publisher {
  const { organisationIds, batch, eventsMax = Number.POSITIVE_INFINITY } = options
  const attempted = new Map<string, string>()
  const accepted = new Map<string, string>()
  const acceptedAtMs = new Map<string, number>()
  const answers = new Map<number | 'none', number>()
  let stopped = false
  let turn = 0

  async function client(): Promise<void> {
    while (!stopped && attempted.size < eventsMax) {
      const organisationId = organisationIds[turn++ % organisationIds.length] ?? ''
      const events = Array.from({ length: Math.min(batch, eventsMax - attempted.size) }, () =>
        newEvent(organisationId),
      )
      for (const { id } of events) attempted.set(id, organisationId)
      while (!(await post(events))) await sleep(50)
      for (const { id } of events) {
        accepted.set(id, organisationId)
        acceptedAtMs.set(id, Date.now())
      }
      if (options.pauseMs !== undefined) await sleep(options.pauseMs)
    }
  }

  async function post(events: readonly object[]): Promise<boolean> {
    const single = batch === 1
    let answer: number | 'none' = 'none'
    let rejected: unknown
    try {
      const response = await fetch(options.url() + (single ? '/v1/events' : '/v1/events/batch'), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(single ? events[0] : { events }),
        signal: AbortSignal.timeout(giveUpOnAnswerMs),
      })
      const body = (await response.json()) as { results?: { status: string }[] }
      answer = response.status
      rejected = body.results?.find(({ status }) => status === 'rejected')
      if (answer >= 400 && answer < 500) rejected = body
    } catch {
      // Refused, reset or timed out: nobody knows whether it was accepted, so it is sent again.
    }
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
    if (rejected !== undefined) throw new Error(`refused: ${JSON.stringify(rejected)}`)
    return typeof answer === 'number' && answer < 300
  }

  const done = Promise.all(Array.from({ length: options.clients }, client)).then(() => undefined)
  return {
    attempted,
    accepted,
    acceptedAtMs,
    answers,
    done,
    stop() {
      stopped = true
      return done
    },
  }
}

export function newEvent(organisationId: string) {
  return {
    id: newId(),
    organisationId,
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueNoteAdded',
    data: { noteId: randomUUID(), text: 'Called the vendor.' },
  }
}
