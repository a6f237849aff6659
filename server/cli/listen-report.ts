import { styleText } from 'node:util'
import type { FollowedEvent } from './follow-events.ts'
import type { Forwarded } from './forward-event.ts'

export interface Ready {
  organisationId: string
  url: string
  secret: string
}

/** What `listen` says, for a person or for a program. */
export interface ListenReport {
  ready(facts: Ready): string
  forwarded(event: FollowedEvent, forwarded: Forwarded): string
  disconnected(error: Error): string
}

const responseBodyMax = 2000

/** A line of JSON for each thing that happens. */
export function jsonReport(withBodies: boolean): ListenReport {
  const line = (type: string, facts: object) => `${JSON.stringify({ type, ...facts })}\n`
  return {
    ready: (facts) => line('ready', facts),
    disconnected: ({ message }) => line('disconnected', { message }),
    forwarded: (event, { body, ...result }) =>
      line('forwarded', {
        eventId: event.id,
        eventType: event.eventType,
        entityType: event.entityType,
        entityId: event.entityId,
        ...result,
        ...(withBodies && { body }),
      }),
  }
}

/** `now` answers the time of day that a line begins with. */
export function textReport(options: {
  isColoured: boolean
  withBodies: boolean
  now: () => Date
}): ListenReport {
  const paint = (format: 'green' | 'red' | 'dim', text: string) =>
    options.isColoured ? styleText(format, text, { validateStream: false }) : text
  return {
    ready: ({ organisationId, url, secret }) =>
      `Ready. Events of ${organisationId} go to ${url}, until Ctrl-C.\nSigning secret: ${secret}\n`,
    disconnected: ({ message }) => `${paint('red', 'The server is away.')} ${message}\n`,
    forwarded(event, { body, statusCode, error, durationMs, responseBody }) {
      const isDelivered = statusCode !== null && statusCode >= 200 && statusCode < 300
      const time = options.now().toTimeString().slice(0, 8)
      const outcome = paint(isDelivered ? 'green' : 'red', String(statusCode ?? error))
      return [
        `${paint('dim', time)}  ${outcome}  ${event.eventType}  ${event.id}  ${durationMs} ms\n`,
        options.withBodies ? indent(JSON.stringify(JSON.parse(body), null, 2)) : '',
        isDelivered ? '' : indent(responseBody.slice(0, responseBodyMax)),
      ].join('')
    },
  }
}

function indent(text: string): string {
  return text === '' ? '' : text.replace(/^/gm, '    ').concat('\n')
}
