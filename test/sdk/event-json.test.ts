import { expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

test('an event as JSON is the answer, every digit of it, and a refusal is an error as ever', async () => {
  const json = '{"id":"e","data":{"big":9007199254740993}}'
  const { url, seen } = await startAnsweringServer((response, request) => {
    if (request.url?.includes('missing')) answerJson(response, 404, { code: 'not_found' })
    else response.writeHead(200, { 'content-type': 'application/json' }).end(json)
  })
  const { events } = createPosthornClient({ url, apiKey: 'ph_a', organisationId: 'ours' })
  expect(await events.getJson('e')).toBe(json)
  expect(seen[0]?.url).toBe('/v1/events/e?organisationId=ours')
  await expect(events.getJson('missing')).rejects.toMatchObject({ status: 404 })
})
