import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

const jwtSecret = 'of-the-host-and-long-enough-for-it'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
let organisationId: string
let key: string

beforeAll(async () => {
  server = await createTestPosthorn({
    jwt: { issuer: 'host', audience: 'posthorn', secret: jwtSecret },
  })
  sql = postgres(server.databaseUrl, { max: 2, connection: { search_path: 'posthorn' } })
  const organisation = await server.createOrganisation(['admin'])
  organisationId = organisation.organisationId
  key = organisation.key
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const headers = (idempotencyKey: string) => ({ 'idempotency-key': idempotencyKey })
const create = (idempotencyKey: string, description = 'a', credential = key) =>
  server.call('POST', '/v1/subscriptions', {
    key: credential,
    headers: headers(idempotencyKey),
    body: { url: 'https://example.com/', description },
  })
const tokenOfMia = (claims: object) =>
  new SignJWT({ organisation_id: organisationId, scope: 'admin', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('host')
    .setAudience('posthorn')
    .setSubject('mia')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret))
const madeBy = async (description: string) =>
  (await sql`select id from subscriptions where description = ${description}`).length

test('the same request gets the first answer again: status, headers and body', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  const first = await create(id, description)
  const again = await create(id, description)
  expect(first.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect(again.status).toBe(first.status)
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect([first.headers, again.headers].map((all) => all.get('idempotency-replayed'))).toEqual([
    null,
    'true',
  ])
  expect(await madeBy(description)).toBe(1)
})

test('a key in quotes, as the draft of the IETF has it, is the same key', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  const first = await create(`"${id}"`, description)
  expect((await create(id, description)).body).toEqual(first.body)
})

test('an answer without a body is given again', async () => {
  const { body } = await create(randomUUID())
  const remove = () =>
    server.call('DELETE', `/v1/subscriptions/${body.id}`, { key, headers: headers('delete') })
  expect((await remove()).status).toBe(204)
  const again = await remove()
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([204, 'true'])
})

test('another request under the same key is refused and not carried out', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  await create(id)
  const other = await create(id, description)
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_conflict'])
  const elsewhere = await server.call('POST', '/v1/portal-tokens', {
    key,
    headers: headers(id),
    body: {},
  })
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency_conflict'])
  expect(await madeBy(description)).toBe(0)
})

test('test events, keys, tokens and replays are made once, by the platform for an organisation too', async () => {
  const { body: subscription } = await create(randomUUID())
  const requests: [string, object, string | undefined][] = [
    [`/v1/subscriptions/${subscription.id}/test`, {}, key],
    ['/v1/api-keys', { organisationId, name: 'k', scopes: ['events:read'] }, undefined],
    ['/v1/portal-tokens', { organisationId }, undefined],
    [
      '/v1/replays',
      { organisationId, mode: 'all', filter: { eventType: ['IssueCreated'] } },
      undefined,
    ],
    [`/v1/subscriptions/${subscription.id}/rotate-secret`, {}, undefined],
  ]
  for (const [path, body, credential] of requests) {
    const id = randomUUID()
    const send = () => server.call('POST', path, { key: credential, headers: headers(id), body })
    const first = await send()
    expect(first.status, `${path}: ${JSON.stringify(first.body)}`).toBeLessThan(300)
    const again = await send()
    expect(again.body, path).toEqual(first.body)
    expect(again.headers.get('idempotency-replayed'), path).toBe('true')
  }
})

test('of requests that come at once one is carried out', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  const answers = await Promise.all(Array.from({ length: 6 }, () => create(id, description)))
  expect(await madeBy(description)).toBe(1)
  for (const { status, body, headers: all } of answers) {
    if (status === 201) continue
    expect([status, body.code, all.get('retry-after')]).toEqual([
      409,
      'idempotency_in_progress',
      '1',
    ])
  }
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
  expect((await create(id, description)).status).toBe(201)
})

test('keys of different credentials have nothing to do with each other', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  const stranger = await server.createOrganisation(['admin'])
  const mine = await create(id, description)
  const theirs = await create(id, description, stranger.key)
  expect(theirs.body.organisationId).toBe(stranger.organisationId)
  expect(theirs.body.id).not.toBe(mine.body.id)
})

test('a refusal is not kept: the request may be put right and sent under its key', async () => {
  const id = randomUUID()
  const wrong = await server.call('POST', '/v1/subscriptions', {
    key,
    headers: headers(id),
    body: { url: 'nowhere' },
  })
  expect(wrong.status).toBe(422)
  expect((await create(id)).status).toBe(201)
})

test.each(['', '""', 'a b', 'ä', 'x'.repeat(256)])('%j is no key', async (bad) => {
  const answer = await create(bad).catch((error: unknown) => error)
  // What HTTP itself cannot carry never gets here.
  if (answer instanceof TypeError) return
  expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency_key_invalid' } })
})

test('reading takes no notice of a key', async () => {
  const list = (limit: number) =>
    server.call('GET', `/v1/subscriptions?limit=${limit}`, { key, headers: headers('read') })
  expect([(await list(1)).status, (await list(2)).status]).toEqual([200, 200])
})

describe('a process that is killed', () => {
  const forget = (fields: object) =>
    sql`update idempotency_keys set ${sql({ answer: null, claimed_until: new Date(0), ...fields } as unknown as Record<string, never>)}
      where created_at = (select max(created_at) from idempotency_keys)`

  test('before its change was committed leaves the key free after a minute', async () => {
    const [id, description] = [randomUUID(), randomUUID()]
    const first = await create(id, description)
    await sql`delete from subscriptions where id = ${first.body.id}`
    await forget({ applied_at: null, claimed_until: new Date(Date.now() + 30_000) })
    const early = await create(id, description)
    expect([early.status, early.body.code]).toEqual([409, 'idempotency_in_progress'])
    await forget({ applied_at: null })
    expect((await create(id, description)).status).toBe(201)
    expect(await madeBy(description)).toBe(1)
  })

  test('after its change was committed never has it carried out again, and the answer is known to be lost', async () => {
    const [id, description] = [randomUUID(), randomUUID()]
    await create(id, description)
    await forget({})
    const again = await create(id, description)
    expect([again.status, again.body.code]).toEqual([409, 'idempotency_answer_lost'])
    expect(await madeBy(description)).toBe(1)
  })

  test('or was only slow, undoes its change when another has taken over', async () => {
    const [id, description] = [randomUUID(), randomUUID()]
    let slow: ReturnType<typeof create> | undefined
    await sql.begin(async (tx) => {
      await tx`select from subscription_revision for update`
      slow = create(id, description)
      await expect
        .poll(() => sql`select from idempotency_keys where answer is null and applied_at is null`)
        .toHaveLength(1)
      await sql`update idempotency_keys set claim = ${randomUUID()} where answer is null and applied_at is null`
    })
    const { status, body } = (await slow) ?? {}
    expect([status, body.code]).toEqual([409, 'idempotency_in_progress'])
    expect(await madeBy(description)).toBe(0)
  })

  test('posts the same event when it is posted again', async () => {
    const body = issueEvent()
    const post = (path: string, sent: object, id: string) =>
      server.call('POST', path, { key, body: sent, headers: headers(id) })
    const [one, many] = [randomUUID(), randomUUID()]
    const first = await post('/v1/events', body, one)
    await forget({})
    const again = await post('/v1/events', body, one)
    expect([again.status, again.body.id, again.body.duplicate]).toEqual([200, first.body.id, true])
    const batch = { events: [issueEvent(), issueEvent()] }
    const idsOf = (answer: typeof first) =>
      answer.body.results.map((result: { event: { id: string } }) => result.event.id)
    const before = idsOf(await post('/v1/events/batch', batch, many))
    await forget({})
    expect(idsOf(await post('/v1/events/batch', batch, many))).toEqual(before)
    expect(new Set(before).size).toBe(2)
  })
})

test('who has the database cannot read an answer, nor whose it is', async () => {
  const id = randomUUID()
  const { body } = await create(id)
  const [row] = await sql<{ answer: Buffer; text: string }[]>`
    select answer, k::text as text from idempotency_keys k
    where created_at = (select max(created_at) from idempotency_keys)`
  const stored = `${row?.text}${row?.answer.toString('latin1')}`
  for (const hidden of [body.secret, body.url, organisationId, id]) {
    expect(stored).not.toContain(hidden)
  }
})

test('another token of the same person cannot read it, and does not carry the request out again', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  expect((await create(id, description, await tokenOfMia({ jti: 'one' }))).status).toBe(201)
  const other = await create(id, description, await tokenOfMia({ jti: 'two' }))
  expect([other.status, other.body.code]).toEqual([409, 'idempotency_answer_sealed'])
  expect(await madeBy(description)).toBe(1)
})

test('what somebody does in one organisation keeps nothing from being done in another', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  const stranger = await server.createOrganisation()
  for (const organisation of [organisationId, stranger.organisationId]) {
    const token = await tokenOfMia({ organisation_id: organisation })
    const made = await create(id, description, token)
    expect([made.status, made.body.organisationId]).toEqual([201, organisation])
  }
})

test('after a day the key is free', async () => {
  const [id, description] = [randomUUID(), randomUUID()]
  await create(id, description)
  await sql`update idempotency_keys set created_at = now() - interval '25 hours'`
  expect((await create(id, description)).headers.get('idempotency-replayed')).toBeNull()
  expect(await madeBy(description)).toBe(2)
})
