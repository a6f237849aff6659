import {
  type BuiltInEventType,
  builtInEventTypes,
} from '../../../server/catalogue/built-in-event-types.ts'
import { isOperational } from '../../../server/catalogue/index.ts'
import { type SeededRandom, seededRandom } from '../../faults/seeded-random.ts'
import type { AttemptSeed, DeliverySeed, EventSeed, LogDraft } from './seed-draft.ts'
import { dayMs, hourMs, idAt, minuteMs, organisations, subscriptions } from './seed-ids.ts'
import { replayIds } from './seed-replays.ts'

const eventCount = 700
const spanMs = 7 * dayMs

const failures: AttemptSeed[] = [
  fail('http_status', 503, 'answered 503', 214),
  fail('http_status', 500, 'answered 500', 88),
  fail('http_status', 404, 'answered 404', 41),
  fail('redirect', 301, 'answered 301; redirects are not followed, register the final URL', 35),
  fail('gone', 410, 'answered 410 Gone: the receiver wants no more', 39),
  fail('timeout', null, 'no connection in time', 20_000),
  fail('dns', null, 'the host name was not found', 12),
  fail('connect', null, 'the connection was refused or the host not reached', 6),
  fail('tls', null, 'the TLS handshake or certificate was not valid', 73),
  fail('reset', null, 'the connection was closed before the answer was complete', 131),
  fail('response_invalid', null, 'the answer was not valid HTTP', 27),
  fail('blocked_address', null, 'the address is not allowed', 2),
  fail('request_invalid', null, 'the request could not be made from the subscription', 0),
  fail('unprocessable', null, 'the delivery cannot be read', 0),
  fail('subscription_unusable', null, 'the subscription cannot be read', 0),
  fail('event_dropped', null, 'the event is not kept any more', 0),
]
const [unavailable, broken, , , gone, timeout] = failures as [
  AttemptSeed,
  AttemptSeed,
  AttemptSeed,
  AttemptSeed,
  AttemptSeed,
  AttemptSeed,
]

/** An organisation as it may be: every built-in type, every status and outcome, some of the week's trouble. */
export function draftAcme(draft: LogDraft, nowMs: number): void {
  const random = seededRandom(2026)
  const types = builtInEventTypes()
  const stepMs = spanMs / eventCount
  for (let index = 0; index < eventCount; index++) {
    const type = types[index % types.length] as BuiltInEventType
    const agoMs = Math.round((eventCount - index) * stepMs - random.next() * stepMs)
    const event = eventOf(type, nowMs - agoMs, index)
    draft.addEvent(event)
    for (const delivery of deliveriesOf(type, agoMs, index, random)) {
      draft.addDelivery(event, delivery)
    }
  }
}

function eventOf(type: BuiltInEventType, atMs: number, index: number): EventSeed {
  return {
    id: idAt(atMs, `event ${index}`),
    atMs,
    organisationId: organisations.acme.id,
    eventType: type.name,
    entityType: type.entityType,
    entityId: idAt(atMs - (index % 40) * dayMs, `entity ${index % 40}`),
    dataJson: JSON.stringify(type.example),
    ...(isOperational(type.name) ? { source: 'posthorn' } : {}),
    ...(index % 5 === 0 ? { correlationId: idAt(nowOf(atMs), `correlation ${index % 50}`) } : {}),
  }
}

/** The same for events of one day, so that they belong together. */
function nowOf(atMs: number): number {
  return Math.floor(atMs / dayMs) * dayMs
}

function deliveriesOf(
  type: BuiltInEventType,
  agoMs: number,
  index: number,
  random: SeededRandom,
): DeliverySeed[] {
  const found: DeliverySeed[] = []
  const add = (name: keyof typeof urls, rest: Omit<DeliverySeed, 'subscriptionId' | 'url'>) =>
    found.push({ subscriptionId: subscriptions[name], url: urls[name], ...rest })

  add('working', index % 30 === 0 ? stumbles(random, unavailable) : works(random))
  add('platform', works(random))
  if (type.entityType === 'Tenant' || type.entityType === 'Property') {
    if (agoMs < 3 * minuteMs || index % 7 === 3) add('stumbling', waits([timeout]))
    else add('stumbling', index % 4 === 0 ? gaveUp(timeout) : works(random))
  }
  if (type.entityType === 'Issue' || type.entityType === 'Document') {
    if (agoMs > 3 * dayMs) add('failing', works(random))
    else if (agoMs < 2 * hourMs) add('failing', waits([unavailable, unavailable]))
    else add('failing', gaveUp(index % 3 === 0 ? broken : unavailable))
  }
  if (agoMs < 7 * hourMs) add('paused', waits([], 0))
  else if (index % 3 === 0) add('paused', works(random))
  if (type.entityType === 'Tenant' && agoMs > 2 * dayMs) {
    if (agoMs > 3 * dayMs) add('disabled', works(random))
    else add('disabled', { status: 'failed', attempts: [gone] })
  }
  if (type.entityType === 'Issue') add('ordered', works(random))
  if (index % 4 === 0) add('every', inEveryWay(index / 4, random))
  return found
}

const urls = {
  working: 'https://n8n.harbour.example/webhook/posthorn',
  stumbling: 'https://crm.harbour.example/hooks/property-management?region=eu-west',
  failing: 'https://erp.harbour.example/in',
  paused: 'https://archive.harbour.example/v2/ingest',
  disabled: 'https://old-portal.harbour.example/notify',
  ordered: 'https://search.harbour.example/index',
  every: 'https://partner.harbour.example/gateway',
  platform: 'https://context.platform.example/events',
} as const

function inEveryWay(
  turn: number,
  random: SeededRandom,
): Omit<DeliverySeed, 'subscriptionId' | 'url'> {
  const failure = failures[turn % (failures.length + 3)]
  if (failure) return gaveUp(failure)
  if (turn % 2 === 0) return { status: 'cancelled', attempts: [] }
  return {
    ...works(random),
    trigger: turn % 3 === 0 ? 'test' : 'replay',
    replayId: replayIds.completed,
  }
}

function works(random: SeededRandom): { status: 'succeeded'; attempts: AttemptSeed[] } {
  const statusCode = random.pick([200, 200, 200, 202, 204])
  const durationMs = random.integer(18, random.next() < 0.05 ? 4000 : 320)
  const responseBody = statusCode === 204 ? null : '{"received": true}'
  return {
    status: 'succeeded',
    attempts: [{ outcome: 'succeeded', statusCode, error: null, durationMs, responseBody }],
  }
}

function stumbles(random: SeededRandom, failure: AttemptSeed) {
  const { status, attempts } = works(random)
  return { status, attempts: [failure, failure, ...attempts] }
}

function gaveUp(failure: AttemptSeed): { status: 'failed'; attempts: AttemptSeed[] } {
  const hopeless = failure.durationMs === 0 || failure.outcome === 'gone'
  return { status: 'failed', attempts: new Array<AttemptSeed>(hopeless ? 1 : 4).fill(failure) }
}

function waits(attempts: AttemptSeed[], dueInMs = 45 * minuteMs) {
  return { status: 'pending' as const, attempts, dueInMs }
}

function fail(
  outcome: string,
  statusCode: number | null,
  error: string,
  durationMs: number,
): AttemptSeed {
  const html = `<!doctype html>\n<html><head><title>${statusCode}</title></head><body><h1>${error}</h1></body></html>`
  return {
    outcome,
    statusCode,
    error,
    durationMs,
    responseBody: statusCode === null ? null : html,
    responseHeaders: { 'content-type': 'text/html; charset=utf-8', server: 'nginx' },
  }
}
