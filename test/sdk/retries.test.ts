import { validate, version } from 'uuid'
import { expect, test } from 'vitest'
import { createPosthornClient, PosthornApiError } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

const event = {
  eventType: 'IssueCreated',
  entityType: 'Issue',
  entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
  data: { title: 'Leak' },
}
const accepted = { id: 'x', organisationId: 'x', createdAt: 'x', duplicate: false }
const unavailable = { code: 'database_unavailable', title: 'No', status: 503, requestId: 'r' }
const idOf = (body: string) => (JSON.parse(body) as { id: string }).id

test('emit comes back after a 503 with the same event', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) =>
    count === 1 ? answerJson(response, 503, unavailable) : answerJson(response, 202, accepted),
  )
  await createPosthornClient({ url, apiKey: 'ph_a' }).emit(event)
  expect(seen).toHaveLength(2)
  expect(seen[0]?.body).toBe(seen[1]?.body)
  const id = idOf(seen[0]?.body ?? '')
  expect([validate(id), version(id)]).toEqual([true, 7])
  expect(seen[0]?.headers.authorization).toBe('Bearer ph_a')
})

test('emit comes back after a connection that broke', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) => {
    if (count === 1) response.socket?.resetAndDestroy()
    else answerJson(response, 202, accepted)
  })
  await createPosthornClient({ url, apiKey: 'ph_a' }).emit(event)
  expect(seen.map(({ body }) => idOf(body))).toEqual([
    idOf(seen[0]?.body ?? ''),
    idOf(seen[0]?.body ?? ''),
  ])
})

test('emit comes back after an answer that broke off in the middle', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) => {
    if (count > 1) return answerJson(response, 202, accepted)
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': '500' })
    response.write('{"id":', () => response.socket?.resetAndDestroy())
  })
  await expect(createPosthornClient({ url, apiKey: 'ph_a' }).emit(event)).resolves.toEqual(accepted)
  expect(seen).toHaveLength(2)
})

test('emit keeps an id that it is given', async () => {
  const { url, seen } = await startAnsweringServer((response) =>
    answerJson(response, 202, accepted),
  )
  const id = '019a9d2e-5c00-7000-8000-000000000001'
  await createPosthornClient({ url, apiKey: 'ph_a' }).emit({ ...event, id })
  expect(idOf(seen[0]?.body ?? '')).toBe(id)
})

test('gives up after the retries it was allowed, with the last error', async () => {
  const { url, seen } = await startAnsweringServer((response) =>
    answerJson(response, 503, unavailable),
  )
  const error = await createPosthornClient({ url, apiKey: 'ph_a', retries: 1 })
    .emit(event)
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(PosthornApiError)
  expect(error).toMatchObject({ status: 503, code: 'database_unavailable' })
  expect(seen).toHaveLength(2)
})

test('a timeout counts as a broken connection', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) => {
    if (count > 1) answerJson(response, 202, accepted)
  })
  await createPosthornClient({ url, apiKey: 'ph_a', timeoutMs: 200 }).emit(event)
  expect(seen).toHaveLength(2)
})

test('waits as long as Retry-After says', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) =>
    count === 1
      ? answerJson(response, 429, {}, { 'retry-after': '1' })
      : answerJson(response, 200, { data: [], nextCursor: null }),
  )
  const startedAtMs = performance.now()
  await createPosthornClient({ url, apiKey: 'ph_a' }).events.list()
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(990)
  expect(seen).toHaveLength(2)
})

test('does not wait an hour because Retry-After says so', async () => {
  const { url, seen } = await startAnsweringServer((response) =>
    answerJson(response, 503, unavailable, { 'retry-after': '3600' }),
  )
  await expect(createPosthornClient({ url, apiKey: 'ph_a' }).emit(event)).rejects.toThrow('503')
  expect(seen).toHaveLength(1)
})

test('what would happen twice is sent again under one Idempotency-Key, and each call has its own', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) =>
    answerJson(response, count % 2 === 1 ? 503 : 200, unavailable),
  )
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  await client.subscriptions.create({ url: 'https://example.com' })
  await client.deliveries.replay('a')
  const keys = seen.map(({ headers }) => headers['idempotency-key'])
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect([keys[0], keys[2]]).toEqual([keys[1], keys[3]])
  expect(keys[0]).not.toBe(keys[2])
})

test('while its first try is under way, it is asked for again; another 409 is an answer', async () => {
  const { url, seen } = await startAnsweringServer((response, _, count) => {
    if (count === 1) answerJson(response, 409, {}, { 'retry-after': '0' })
    else answerJson(response, count === 2 ? 200 : 409, {})
  })
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  await client.deliveries.replay('a')
  await expect(client.deliveries.replay('a')).rejects.toMatchObject({ status: 409 })
  expect(seen).toHaveLength(3)
})

test('a refusal is not asked for again', async () => {
  const { url, seen } = await startAnsweringServer((response) => answerJson(response, 422, {}))
  await expect(createPosthornClient({ url, apiKey: 'ph_a' }).emit(event)).rejects.toThrow('422')
  expect(seen).toHaveLength(1)
})

test('nobody there is a TypeError that says where', async () => {
  const client = createPosthornClient({ url: 'http://127.0.0.1:1', apiKey: 'ph_a', retries: 0 })
  const error = await client.emit(event).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error)).toContain('POST http://127.0.0.1:1/v1/events')
  expect(String(error)).not.toContain('ph_a')
})
