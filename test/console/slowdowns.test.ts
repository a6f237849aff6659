import { createPosthornClient } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import { type Slowdown, tellSlowdowns } from '../../admin-ui/src/session/patience.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

test('a server that asks for patience is heard, with the reason and for how long', async () => {
  const server = await createTestPosthorn({ rateLimits: { readsPerMinute: 1 } })
  const { key } = await server.createOrganisation()
  const told: Slowdown[] = []
  const fetch = tellSlowdowns(
    async (address, init) => server.posthorn.fetch(new Request(address, init)),
    (slowdown) => told.push(slowdown),
  )
  const headers = { authorization: `Bearer ${key}` }
  const read = () => fetch('http://posthorn.test/v1/session', { headers })
  expect([(await read()).status, told]).toEqual([200, []])
  expect((await read()).status).toBe(429)
  expect(told).toHaveLength(1)
  expect(told[0]?.title).toBe('This credential asks for too much')
  expect(told[0]?.waitMs).toBeGreaterThan(2000)
  expect(told[0]?.waitMs).toBeLessThanOrEqual(60_000)
  await server.close()
})

test('a credential that is not valid is refused as such, however many were not', async () => {
  const server = await createTestPosthorn({ rateLimits: { failuresPerMinute: 1 } })
  const told: Slowdown[] = []
  const rejected: (string | undefined)[] = []
  const client = createPosthornClient({
    url: 'http://posthorn.test',
    token: (request) => {
      rejected.push(request.rejected)
      return 'ph_no'
    },
    fetch: tellSlowdowns(
      async (address, init) => server.posthorn.fetch(new Request(address, init)),
      (slowdown) => told.push(slowdown),
    ),
  })
  for (let time = 0; time < 2; time++) {
    await expect(client.session()).rejects.toMatchObject({ status: 401 })
  }
  expect(rejected).toEqual([undefined, 'ph_no', undefined, 'ph_no'])
  expect(told).toEqual([])
  await server.close()
})
