import { expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

interface Batch {
  events: { id: string; organisationId?: string; data: { number: number } }[]
}

const organisationId = '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f'
const event = (number: number, padding = '') => ({
  eventType: 'IssueCreated',
  entityType: 'Issue',
  entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
  data: { number, padding },
})

/** Answers as the real one does: a result per item, counted within its request. */
function startBatchServer() {
  return startAnsweringServer((response, { body }) => {
    const { events } = JSON.parse(body) as Batch
    answerJson(response, 200, {
      results: events.map(({ id }, index) => ({ index, status: 'accepted', event: { id } })),
    })
  })
}

test('cuts by 1,000 events and counts the results through', async () => {
  const { url, seen } = await startBatchServer()
  const events = Array.from({ length: 2500 }, (_, number) => event(number))
  const results = await createPosthornClient({ url, apiKey: 'ph_a', organisationId }).emitMany(
    events,
  )
  const sent = seen.map(({ body }) => (JSON.parse(body) as Batch).events)
  expect(sent.map(({ length }) => length)).toEqual([1000, 1000, 500])
  expect(sent.flat().map(({ data }) => data.number)).toEqual(events.map(({ data }) => data.number))
  expect(results.map(({ index }) => index)).toEqual(events.map((_, index) => index))
  expect(results.map((result) => result.event?.id)).toEqual(sent.flat().map(({ id }) => id))
  expect(sent.flat().every((one) => one.organisationId === organisationId)).toBe(true)
  const ids = sent.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(2500)
  expect(ids).toEqual([...ids].sort())
})

test('cuts by bytes, not by characters', async () => {
  const { url, seen } = await startBatchServer()
  // Three bytes each in UTF-8, one character each in JavaScript.
  const events = Array.from({ length: 5 }, (_, number) => event(number, '€'.repeat(1_000_000)))
  const results = await createPosthornClient({ url, apiKey: 'ph_a' }).emitMany(events)
  expect(seen.map(({ body }) => (JSON.parse(body) as Batch).events.length)).toEqual([2, 2, 1])
  expect(seen.every(({ body }) => Buffer.byteLength(body) <= 8 * 1024 * 1024)).toBe(true)
  expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
})

test('sends nothing for nothing, and takes any iterable', async () => {
  const { url, seen } = await startBatchServer()
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  await expect(client.emitMany([])).resolves.toEqual([])
  expect(seen).toHaveLength(0)
  await expect(client.emitMany(new Set([event(1)]))).resolves.toHaveLength(1)
})
