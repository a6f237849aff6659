import { expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { answerJson, startAnsweringServer } from './answering-server.ts'

test('replays are asked for as the API expects it, and a creation is sent again under its Idempotency-Key', async () => {
  let creations = 0
  const { url, seen } = await startAnsweringServer((response, request) => {
    const fails = request.url === '/v1/replays' && creations++ === 0
    answerJson(response, fails ? 503 : 200, { data: [], nextCursor: null })
  })
  const { replays } = createPosthornClient({ url, apiKey: 'ph_a', organisationId: 'ours' })
  const input = { mode: 'missing' as const, filter: { entityType: ['Issue'] } }
  await replays.create(input)
  await replays.dryRun(input)
  await replays.list({ status: 'running' })
  await Array.fromAsync(replays.iterate())
  await replays.get('a/b')
  await replays.pause('r')
  await replays.resume('r')
  await replays.cancel('r')
  expect(seen.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
    'POST /v1/replays',
    'POST /v1/replays',
    'POST /v1/replays?dryRun=true',
    'GET /v1/replays?organisationId=ours&status=running',
    'GET /v1/replays?organisationId=ours',
    'GET /v1/replays/a%2Fb?organisationId=ours',
    'POST /v1/replays/r/pause?organisationId=ours',
    'POST /v1/replays/r/resume?organisationId=ours',
    'POST /v1/replays/r/cancel?organisationId=ours',
  ])
  const keys = seen.map(({ headers }) => headers['idempotency-key'])
  expect(keys[0]).toBe(keys[1])
  // Of reading nothing changes, and pausing twice is pausing once.
  expect(keys.map((key) => key !== undefined)).toEqual([
    ...[true, true],
    ...Array<boolean>(6).fill(false),
    true,
  ])
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ ...input, organisationId: 'ours' })
})
