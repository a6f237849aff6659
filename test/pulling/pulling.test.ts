import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
let key: string
let organisationId: string

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  sql = postgres(server.databaseUrl, { max: 2, connection: { search_path: 'posthorn' } })
  ;({ key, organisationId } = await server.createOrganisation())
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

interface Pulled {
  id: string
  attempt: number
  leasedUntil: string
  event: { id: string; type: string; entityId: string; data: Record<string, unknown> }
}

async function subscribe(settings: Record<string, unknown> = {}, as = key): Promise<string> {
  // Of its own, so that tests do not hear of each other's events.
  const body = { mode: 'pull', entityIds: [randomUUID()], ...settings }
  const answer = await server.call('POST', '/v1/subscriptions', { key: as, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

async function entityOf(id: string): Promise<string> {
  return (await server.call('GET', `/v1/subscriptions/${id}`)).body.entityIds[0]
}

async function post(id: string, count: number, more: Record<string, unknown> = {}) {
  const entityId = await entityOf(id)
  const events = Array.from({ length: count }, (_, n) =>
    issueEvent({ entityId, organisationId, data: { from: 'a', to: 'b', n }, ...more }),
  )
  const { status, body } = await server.call('POST', '/v1/events/batch', { body: { events } })
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body.results.map((one: { event: { id: string } }) => one.event.id) as string[]
}

async function pull(id: string, body: Record<string, unknown> = {}): Promise<Pulled[]> {
  const answer = await server.call('POST', `/v1/subscriptions/${id}/pull`, { key, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.data
}

async function ack(id: string, body: Record<string, unknown>) {
  const answer = await server.call('POST', `/v1/subscriptions/${id}/ack`, { key, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.data as { id: string; accepted: boolean; code: string | null }[]
}

const named = ({ id, attempt }: Pulled) => ({ id, attempt })
const read = async (id: string) => (await server.call('GET', `/v1/deliveries/${id}`, { key })).body
const attemptsOf = async (id: string) =>
  (await server.call('GET', `/v1/deliveries/${id}/attempts`, { key })).body.data

/** As if the lease had run out, or the wait were over. */
const expire = (ids: string[]) =>
  sql`update delivery_queue set due_at = now() - interval '1 second' where id = any(${ids}::uuid[])`

describe('a pull subscription', () => {
  test('gives out each delivery once, until it is acknowledged, and logs it', async () => {
    const id = await subscribe()
    const eventIds = await post(id, 5)
    const first = await pull(id, { limit: 3 })
    const rest = await pull(id)
    expect([...first, ...rest].map(({ event }) => event.id).sort()).toEqual([...eventIds].sort())
    expect(await pull(id)).toEqual([])
    const results = await ack(id, { succeeded: [...first, ...rest].map(named) })
    expect(results.every(({ accepted }) => accepted)).toBe(true)
    const [one] = first as [Pulled]
    expect(await read(one.id)).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      lastOutcome: 'succeeded',
    })
    expect(await attemptsOf(one.id)).toMatchObject([
      { number: 1, outcome: 'succeeded', request: null, response: null },
    ])
  })

  test('has no URL, and refuses what only a request needs', async () => {
    const { body } = await server.call('POST', '/v1/subscriptions', { key, body: { mode: 'pull' } })
    expect(body).toMatchObject({ mode: 'pull', url: null })
    const refused = await server.call('POST', '/v1/subscriptions', {
      key,
      body: { mode: 'pull', url: 'https://example.com/', timeoutMs: 2000 },
    })
    expect(refused.body).toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'url' }, { field: 'timeoutMs' }],
    })
    const without = await server.call('POST', '/v1/subscriptions', { key, body: {} })
    expect(without.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'url' }] })
    for (const [method, path] of [
      ['POST', 'rotate-secret'],
      ['GET', 'secret'],
    ] as const) {
      const answer = await server.call(method, `/v1/subscriptions/${body.id}/${path}`, { key })
      expect(answer.body).toMatchObject({ code: 'subscription_is_pulled' })
    }
    const patched = await server.call('PATCH', `/v1/subscriptions/${body.id}`, {
      key,
      body: { url: 'https://example.com/' },
    })
    expect(patched.status).toBe(422)
  })

  test('keeps its mode', async () => {
    const uid = `uid:${randomUUID()}`
    const path = `/v1/subscriptions/${uid}`
    expect((await server.call('PUT', path, { key, body: { mode: 'pull' } })).status).toBe(201)
    expect(
      (await server.call('PUT', path, { key, body: { mode: 'pull', description: 'x' } })).status,
    ).toBe(200)
    const changed = await server.call('PUT', path, { key, body: { url: 'https://example.com/' } })
    expect(changed.body).toMatchObject({ status: 409, code: 'subscription_mode_fixed' })
  })

  test('webhooks are not pulled', async () => {
    const { body } = await server.call('POST', '/v1/subscriptions', {
      key,
      body: { url: 'https://example.com/' },
    })
    const answer = await server.call('POST', `/v1/subscriptions/${body.id}/pull`, { key, body: {} })
    expect(answer.body).toMatchObject({ status: 409, code: 'subscription_not_pulled' })
  })

  test('carries the bytes of a webhook, every digit of a number included', async () => {
    const id = await subscribe()
    const entityId = await entityOf(id)
    const rawBody = JSON.stringify(issueEvent({ entityId, organisationId })).replace(
      '"data":{',
      '"data":{"amount":12345678901234567890.12345678901234567890,',
    )
    await server.call('POST', '/v1/events', { rawBody })
    const response = await server.posthorn.fetch(
      new Request(`http://posthorn.test/v1/subscriptions/${id}/pull`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
      }),
    )
    const text = await response.text()
    expect(text).toContain('12345678901234567890.12345678901234567890')
    const { requestBody } = await read(JSON.parse(text).data[0].id)
    expect(text).toContain(`"event":${requestBody}}`)
  })

  test('hears of tests, is paused and resumed', async () => {
    const id = await subscribe()
    await server.call('POST', `/v1/subscriptions/${id}/pause`, { key })
    const [posted] = await post(id, 1)
    const paused = await server.call('POST', `/v1/subscriptions/${id}/pull`, { key, body: {} })
    expect(paused.body).toEqual({ data: [], status: 'paused' })
    await server.call('POST', `/v1/subscriptions/${id}/resume`, { key })
    const { body } = await server.call('POST', `/v1/subscriptions/${id}/test`, { key, body: {} })
    expect((await pull(id)).map(({ event }) => event.id)).toEqual([posted, body.eventId])
  })

  test('waits for what comes, and answers at once when it comes', async () => {
    const id = await subscribe()
    const waiting = pull(id, { waitSeconds: 20 })
    const [eventId] = await post(id, 1)
    expect((await waiting).map(({ event }) => event.id)).toEqual([eventId])
  })

  test('says how much waits', async () => {
    const id = await subscribe()
    await post(id, 3)
    await pull(id, { limit: 1 })
    const { body } = await server.call('GET', `/v1/subscriptions/${id}/pull`, { key })
    expect(body).toMatchObject({ waiting: 3, complete: true, leased: 1 })
    expect(body.lastPulledAt).not.toBeNull()
    expect(body.oldestDueAt).not.toBeNull()
  })

  test('is nobody else’s', async () => {
    const id = await subscribe()
    await post(id, 1)
    const [mine] = (await pull(id)) as [Pulled]
    const other = await server.createOrganisation()
    for (const path of ['pull', 'ack']) {
      const answer = await server.call('POST', `/v1/subscriptions/${id}/${path}`, {
        key: other.key,
        body: {},
      })
      expect(answer.status).toBe(404)
    }
    const own = await subscribe({}, other.key)
    const answer = await server.call('POST', `/v1/subscriptions/${own}/ack`, {
      key: other.key,
      body: { succeeded: [named(mine)] },
    })
    expect(answer.body.data).toMatchObject([{ accepted: false, code: 'delivery_not_found' }])
    const reader = await server.createOrganisation(['deliveries:read', 'subscriptions:read'])
    const denied = await server.call('POST', `/v1/subscriptions/${id}/pull`, {
      key: reader.key,
      body: {},
    })
    expect(denied.body.code).toBe('scope_missing')
  })
})

describe('a lease', () => {
  test('that ends gives the delivery out again, as the next attempt, as often as it takes', async () => {
    const id = await subscribe({ retry: { scheduleSeconds: [1] } })
    await post(id, 1)
    for (let attempt = 1; attempt <= 15; attempt++) {
      const [one] = (await pull(id)) as [Pulled]
      expect(one.attempt).toBe(attempt)
      await expire([one.id])
    }
    const [last] = (await pull(id)) as [Pulled]
    const attempts = await attemptsOf(last.id)
    expect(attempts).toHaveLength(15)
    expect(attempts[14]).toMatchObject({ number: 15, outcome: 'lease_expired' })
    expect(await ack(id, { succeeded: [named(last)] })).toMatchObject([{ accepted: true }])
    expect(await read(last.id)).toMatchObject({ status: 'succeeded', attempts: 16 })
  })

  test('that somebody else has taken is not acknowledged by the one before', async () => {
    const id = await subscribe()
    await post(id, 1)
    const [first] = (await pull(id)) as [Pulled]
    await expire([first.id])
    const [second] = (await pull(id)) as [Pulled]
    expect(second.id).toBe(first.id)
    expect(await ack(id, { succeeded: [named(first)] })).toMatchObject([
      { accepted: false, code: 'lease_lost' },
    ])
    expect(await ack(id, { succeeded: [named(second)] })).toMatchObject([{ accepted: true }])
    expect(await ack(id, { failed: [named(second)] })).toMatchObject([
      { accepted: false, code: 'settled_otherwise' },
    ])
  })

  test('that ended is still acknowledged while nobody else has it', async () => {
    const id = await subscribe()
    await post(id, 1)
    const [one] = (await pull(id)) as [Pulled]
    await expire([one.id])
    expect(await ack(id, { succeeded: [named(one)] })).toMatchObject([{ accepted: true }])
    expect(await pull(id)).toEqual([])
  })

  test('is acknowledged as often as one likes, with one effect', async () => {
    const id = await subscribe()
    await post(id, 2)
    const [one, other] = (await pull(id)) as [Pulled, Pulled]
    for (let n = 0; n < 3; n++) {
      const said = { succeeded: [named(one)], failed: [{ ...named(other), error: 'no room' }] }
      expect(await ack(id, said)).toMatchObject([{ accepted: true }, { accepted: true }])
    }
    expect(await attemptsOf(one.id)).toHaveLength(1)
    expect(await attemptsOf(other.id)).toMatchObject([{ outcome: 'rejected', error: 'no room' }])
  })

  test('is refused for what was never leased, and one refusal takes no other with it', async () => {
    const id = await subscribe()
    await post(id, 2)
    const [one] = (await pull(id, { limit: 1 })) as [Pulled]
    const [row] = await sql<{ id: string }[]>`
      select id from delivery_queue where subscription_id = ${id} and leased_at is null`
    const waiting = row?.id ?? ''
    const results = await ack(id, {
      succeeded: [{ id: waiting, attempt: 1 }, { id: randomUUID(), attempt: 1 }, named(one)],
    })
    expect(results).toMatchObject([
      { accepted: false, code: 'not_leased' },
      { accepted: false, code: 'delivery_not_found' },
      { accepted: true, code: null },
    ])
  })

  test('that is given back is due at once and counts as no failure', async () => {
    const id = await subscribe({ retry: { scheduleSeconds: [] } })
    await post(id, 1)
    const [one] = (await pull(id)) as [Pulled]
    expect(await ack(id, { released: [named(one)] })).toMatchObject([{ accepted: true }])
    expect(await ack(id, { released: [named(one)] })).toMatchObject([{ accepted: true }])
    const [again] = (await pull(id)) as [Pulled]
    expect(again).toMatchObject({ id: one.id, attempt: 2 })
    expect(await attemptsOf(one.id)).toMatchObject([{ outcome: 'released' }])
  })

  test('two pulls at once never give out the same', async () => {
    const id = await subscribe()
    await post(id, 300)
    const pulls = await Promise.all(Array.from({ length: 12 }, () => pull(id, { limit: 40 })))
    const rest = await pull(id, { limit: 1000 })
    const ids = [...pulls.flat(), ...rest].map((one) => one.id)
    expect(ids).toHaveLength(300)
    expect(new Set(ids).size).toBe(300)
  })
})

describe('a failure', () => {
  test('goes by the retry schedule, and after its last retry the delivery has failed and can be replayed', async () => {
    const id = await subscribe({ retry: { scheduleSeconds: [600] } })
    await post(id, 1)
    const [first] = (await pull(id)) as [Pulled]
    await ack(id, { failed: [{ ...named(first), error: 'no such issue' }] })
    expect(await pull(id)).toEqual([])
    const pending = await read(first.id)
    expect(pending).toMatchObject({
      status: 'pending',
      lastOutcome: 'rejected',
      lastError: 'no such issue',
    })
    expect(Date.parse(pending.nextAttemptAt)).toBeGreaterThan(Date.now() + 400_000)
    await expire([first.id])
    const [second] = (await pull(id)) as [Pulled]
    await ack(id, { failed: [named(second)] })
    expect(await read(first.id)).toMatchObject({ status: 'failed', attempts: 2 })
    const groups = await server.call('GET', `/v1/deliveries/failures?subscriptionId=${id}`, { key })
    expect(groups.body.data).toMatchObject([{ outcome: 'rejected', count: 1 }])
    await server.call('POST', `/v1/deliveries/${first.id}/replay`, { key })
    const [third] = (await pull(id)) as [Pulled]
    expect(third).toMatchObject({ id: first.id, attempt: 3 })
    await ack(id, { succeeded: [named(third)] })
    expect(await read(first.id)).toMatchObject({
      status: 'succeeded',
      attempts: 3,
      trigger: 'replay',
    })
  })

  test('for longer than five days disables nobody who pulls', async () => {
    const id = await subscribe()
    await post(id, 2)
    await sql`insert into subscription_health (subscription_id, organisation_id, failing_since, consecutive_failures)
      values (${id}, ${organisationId}, now() - interval '9 days', 4)`
    const [one] = (await pull(id)) as [Pulled]
    await ack(id, { failed: [named(one)] })
    await expect
      .poll(
        async () =>
          (await server.call('GET', `/v1/subscriptions/${id}`, { key })).body.health
            .consecutiveFailures,
      )
      .toBe(5)
    expect((await server.call('GET', `/v1/subscriptions/${id}`, { key })).body.status).toBe(
      'active',
    )
  })

  test('of a delivery that was cancelled meanwhile is told', async () => {
    const id = await subscribe()
    await post(id, 1)
    const [one] = (await pull(id)) as [Pulled]
    await server.call('POST', `/v1/deliveries/${one.id}/cancel`, { key })
    expect(await ack(id, { succeeded: [named(one)] })).toMatchObject([
      { accepted: false, code: 'delivery_cancelled' },
    ])
  })
})

test('a replay of many brings them back to be pulled', async () => {
  const id = await subscribe()
  await post(id, 3)
  await ack(id, { succeeded: (await pull(id)).map(named) })
  await server.call('POST', '/v1/replays', {
    key,
    body: { mode: 'all', filter: { subscriptionId: [id] } },
  })
  await expect
    .poll(
      async () => (await server.call('GET', `/v1/subscriptions/${id}/pull`, { key })).body.waiting,
    )
    .toBe(3)
  expect((await pull(id)).every(({ attempt }) => attempt === 2)).toBe(true)
})

test('what waits to be pulled is in the log and in the figures, but is not due to be sent', async () => {
  const fresh = await server.createOrganisation()
  const id = await subscribe({}, fresh.key)
  await post(id, 4, { organisationId: fresh.organisationId })
  const listed = await server.call('GET', `/v1/deliveries?status=pending&subscriptionId=${id}`, {
    key: fresh.key,
  })
  expect(listed.body.data).toHaveLength(4)
  const { body } = await server.call('GET', '/v1/stats/queue', { key: fresh.key })
  expect(body).toMatchObject({ pending: 4, due: 0, held: 4, oldestDueSeconds: null })
})

test('a subscription of the platform hears every organisation, with one pull', async () => {
  const entityId = randomUUID()
  const { body } = await server.call('POST', '/v1/subscriptions', {
    body: { organisationId: null, mode: 'pull', entityIds: [entityId] },
  })
  const organisations = Array.from({ length: 5 }, () => randomUUID())
  const events = organisations.map((one) => issueEvent({ entityId, organisationId: one }))
  await server.call('POST', '/v1/events/batch', { body: { events } })
  const pulled = await server.call('POST', `/v1/subscriptions/${body.id}/pull`, { body: {} })
  const from = pulled.body.data.map(
    (one: { event: { organisationId: string } }) => one.event.organisationId,
  )
  expect(from.sort()).toEqual(organisations.sort())
  const acked = await server.call('POST', `/v1/subscriptions/${body.id}/ack`, {
    body: { succeeded: pulled.body.data.map(named) },
  })
  expect(acked.body.data.every(({ accepted }: { accepted: boolean }) => accepted)).toBe(true)
})
