import { expect, test } from 'vitest'
import { createPosthornClient, PosthornApiError } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

async function failure(run: Promise<unknown>): Promise<PosthornApiError> {
  const error = await run.catch((thrown: unknown) => thrown)
  if (error instanceof PosthornApiError) return error
  throw new Error(`not a PosthornApiError: ${String(error)}`)
}

test('a problem keeps everything the server said', async () => {
  const errors = [{ field: 'data.title', message: 'is required', fix: 'Send it.' }]
  const problem = {
    type: 'urn:posthorn:error:validation_failed',
    title: 'The request is not valid',
    status: 422,
    detail: 'One field is wrong',
    code: 'validation_failed',
    requestId: '019a9d2e-5c00-7000-8000-000000000001',
    errors,
  }
  const { url } = await startAnsweringServer((response) =>
    answerJson(response, 422, problem, { 'content-type': 'application/problem+json' }),
  )
  const error = await failure(createPosthornClient({ url, apiKey: 'ph_a' }).session())
  const { status, code, title, detail, requestId } = problem
  expect(error).toMatchObject({ status, code, title, detail, requestId, issues: errors })
  expect(error.message).toBe(
    'The request is not valid (422 validation_failed): One field is wrong: data.title is required',
  )
})

test.each(['<html>Bad gateway</html>', '', 'null', '"text"'])(
  'a proxy that says %s',
  async (text) => {
    const { url } = await startAnsweringServer((response) => response.writeHead(500).end(text))
    const error = await failure(createPosthornClient({ url, apiKey: 'ph_a' }).session())
    expect(error).toMatchObject({ status: 500, code: 'http_500', issues: [], requestId: undefined })
  },
)

test('iterates over the items of every page', async () => {
  const { url, seen } = await startAnsweringServer((response, request) => {
    const last = request.url.includes('cursor=b%26c')
    answerJson(response, 200, {
      data: last ? [{ id: '3' }] : [{ id: '1' }, { id: '2' }],
      nextCursor: last ? null : 'b&c',
    })
  })
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  const ids = await Array.fromAsync(client.deliveries.iterate({ status: 'failed' }), ({ id }) => id)
  expect(ids).toEqual(['1', '2', '3'])
  expect(seen.map((request) => request.url)).toEqual([
    '/v1/deliveries?status=failed',
    '/v1/deliveries?status=failed&cursor=b%26c',
  ])
})

test('names the organisation wherever the caller does not', async () => {
  const { url, seen } = await startAnsweringServer((response) => answerJson(response, 200, {}))
  const client = createPosthornClient({
    url: `${url}/mounted/`,
    apiKey: 'ph_a',
    organisationId: 'ours',
  })
  await client.deliveries.list()
  await client.deliveries.list({ organisationId: 'theirs' })
  await client.subscriptions.create({ url: 'https://example.com' })
  await client.subscriptions.create({ url: 'https://example.com', organisationId: null })
  await client.eventTypes.list()
  await client.stats.deliveries({ interval: 'hour' })
  await client.stats.subscriptions()
  await client.stats.queue()
  await client.stats.eventTypes({ limit: 5 })
  // These are of the platform, which has no organisation to name.
  await client.stats.organisations({ limit: 5 })
  await client.organisations.list({ q: 'acme' })
  await client.organisations.get('its-id')
  await client.organisations.put('its-id', { name: 'Acme' })
  await client.system()
  expect(seen.map((request) => request.url)).toEqual([
    '/mounted/v1/deliveries?organisationId=ours',
    '/mounted/v1/deliveries?organisationId=theirs',
    '/mounted/v1/subscriptions',
    '/mounted/v1/subscriptions',
    '/mounted/v1/event-types',
    '/mounted/v1/stats/deliveries?organisationId=ours&interval=hour',
    '/mounted/v1/stats/subscriptions?organisationId=ours',
    '/mounted/v1/stats/queue?organisationId=ours',
    '/mounted/v1/stats/event-types?organisationId=ours&limit=5',
    '/mounted/v1/stats/organisations?limit=5',
    '/mounted/v1/organisations?q=acme',
    '/mounted/v1/organisations/its-id',
    '/mounted/v1/organisations/its-id',
    '/mounted/v1/system',
  ])
  const bodies = seen.slice(2, 4).map(({ body }) => JSON.parse(body) as { organisationId: unknown })
  expect(bodies.map((body) => body.organisationId)).toEqual(['ours', null])
})

test('encodes what is in a path and takes an empty answer', async () => {
  const { url, seen } = await startAnsweringServer((response) => response.writeHead(204).end())
  const client = createPosthornClient({ url, apiKey: 'ph_a' })
  await expect(client.subscriptions.delete('uid:a/../b?c')).resolves.toBeUndefined()
  expect(seen[0]?.url).toBe('/v1/subscriptions/uid%3Aa%2F..%2Fb%3Fc')
})

test('sends a filter of several values as one, and hands an export over as it comes', async () => {
  const { url, seen } = await startAnsweringServer((response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write('{"id":1}\n')
    setTimeout(() => response.end('{"id":2}\n'), 900)
  })
  // The deadline is for the beginning: a long file takes its time.
  const client = createPosthornClient({ url, apiKey: 'ph_a', timeoutMs: 700 })
  const file = await client.deliveries.export({
    status: ['failed', 'pending'],
    eventType: 'Issue*',
  })
  expect(await new Response(file).text()).toBe('{"id":1}\n{"id":2}\n')
  expect(seen[0]?.url).toBe('/v1/deliveries/export?status=failed%2Cpending&eventType=Issue*')
})
