import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { runCli } from './run-cli.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
let env: Record<string, string>
const organisation = '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f'

beforeAll(async () => {
  server = await createTestPosthorn()
  http = createServer(server.posthorn.node)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  env = { POSTHORN_URL: `http://127.0.0.1:${port}`, POSTHORN_API_KEY: platformKey }
})
afterAll(async () => {
  http.closeAllConnections()
  http.close()
  await server.close()
})

const trigger = (...args: string[]) =>
  runCli(['trigger', ...args, '--organisation', organisation], env)

async function eventOf(answer: { code: number; out: string }) {
  expect(answer.code).toBe(0)
  const { id } = JSON.parse(answer.out)
  return (await server.call('GET', `/v1/events/${id}?organisationId=${organisation}`)).body
}

test("the catalogue's example is posted, as an event of its entity type", async () => {
  const type = (await server.call('GET', '/v1/event-types/IssueCreated')).body
  expect(await eventOf(await trigger('IssueCreated', '--json'))).toMatchObject({
    eventType: 'IssueCreated',
    entityType: 'Issue',
    data: type.example,
  })
  expect((await trigger('IssueCreated')).out).toMatch(
    /^Posted IssueCreated [\da-f-]{36} about Issue/,
  )
})

test('data and entity of the command line go before the example', async () => {
  const entityId = crypto.randomUUID()
  const data = '{"from":"open","to":"closed","weight":12345678901234567890}'
  const answer = await trigger(
    ...['IssueStatusChanged', '--data', data, '--entity-id', entityId, '--json'],
  )
  const event = await eventOf(answer)
  expect(event).toMatchObject({ entityId, data: { from: 'open', to: 'closed' } })
})

test.each([
  [['IssueCreatd'], 1, 'IssueCreatd'],
  [['IssueCreated', '--data', '{"title"'], 2, 'Error: '],
  [['IssueCreated', '--entity-id', 'x'], 2, 'entityId must be a UUID'],
])('%j is refused with exit code %i, and says why', async (args, code, text) => {
  const answer = await trigger(...args)
  expect(answer).toMatchObject({ code, out: '', err: expect.stringContaining(text) })
  expect(answer.err).not.toContain('    at ')
})
