import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'
import { type CliRun, runCli, startCli } from './run-cli.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let http: Server
let url: string

beforeAll(async () => {
  server = await createTestPosthorn()
  receiver = await startReceiver()
  await server.posthorn.dispatcher.start()
  http = createServer(server.posthorn.node)
  url = await listenOn(0)
})
afterAll(async () => {
  http.closeAllConnections()
  http.close()
  await receiver.close()
  await server.close()
})

function listenOn(port: number): Promise<string> {
  return new Promise((resolve) => {
    http.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`),
    )
  })
}

type Line = Record<string, unknown> & { type: string }

/** What `--json` has printed so far; the last line may be under way. */
function linesOf(cli: CliRun): Line[] {
  return cli
    .out()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

async function listen(key: string, path: string, ...args: string[]) {
  const cli = startCli(['listen', '--url', receiver.url(path), '--json', ...args], {
    POSTHORN_URL: url,
    POSTHORN_API_KEY: key,
  })
  onTestFinished(async () => {
    cli.stop()
    await cli.ended
  })
  const ready = await until(() => linesOf(cli).find(({ type }) => type === 'ready'))
  return { cli, secret: String(ready['secret']) }
}

const verify = (secret: string, { body, headers }: { body: Buffer; headers: object }) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

test('events reach the local URL signed, byte for byte as the server sends them to a subscription', async () => {
  const organisation = await createOrganisation(server, receiver)
  const subscription = await organisation.subscribe()
  await organisation.postMany(2)
  const { cli, secret } = await listen(organisation.key, '/same')
  const ids = await organisation.post([
    issueEvent({ data: { to: 'açık', 'a "key"': [1, -2.5, true, null, {}], 10: '\n', 9: [] } }),
    issueEvent({ eventType: 'IssueCreated', correlationId: crypto.randomUUID() }),
  ])
  const forwarded = await receiver.waitFor(2, { path: '/same' })
  // Nothing of what was there before, and in the order of the events.
  expect(forwarded.map(({ webhookId }) => webhookId)).toEqual(ids)
  const delivered = await receiver.waitFor(4, { path: subscription.path })
  for (const one of forwarded) {
    expect(verify(secret, one)).toMatchObject({ id: one.webhookId })
    const same = delivered.find(({ webhookId }) => webhookId === one.webhookId)
    expect(one.body).toEqual(same?.body)
    const names = (headers: object) => Object.keys(headers).sort()
    expect(names(one.headers)).toEqual(names(same?.headers ?? {}))
  }
  cli.stop()
  expect(await cli.ended).toBe(0)
})

test('only what a subscription with the same filters would hear of is forwarded', async () => {
  const organisation = await createOrganisation(server, receiver)
  const filter = JSON.stringify({ path: 'to', equals: 'closed' })
  const args = ['--events', 'Issue*', '--entity', 'Issue,Document', '--filter', filter]
  const { secret } = await listen(organisation.key, '/filtered', ...args)
  const { id } = await organisation.subscribe()
  await server.call('POST', `/v1/subscriptions/${id}/test`, { key: organisation.key })
  const [, , meant] = await organisation.post([
    issueEvent({ data: { from: 'closed', to: 'open' } }),
    { ...issueEvent(), entityType: 'Property', eventType: 'PropertyCreated', data: {} },
    issueEvent(),
  ])
  const requests = await receiver.waitFor(1, { path: '/filtered' })
  expect(requests.map(({ webhookId }) => webhookId)).toEqual([meant])
  expect(verify(secret, requests[0] as never)).toMatchObject({ data: { to: 'closed' } })
})

test("each forward is reported with its answer, and with the answer's body when it failed", async () => {
  const organisation = await createOrganisation(server, receiver)
  receiver.behave('/failing', behaviours.status(500, {}, 'out of coffee'))
  const { cli } = await listen(organisation.key, '/failing', '--print-json')
  const [eventId] = await organisation.postMany(1)
  const line = await until(() => linesOf(cli).find(({ type }) => type === 'forwarded'))
  expect(line).toMatchObject({ eventId, statusCode: 500, responseBody: 'out of coffee' })
  expect(JSON.parse(String(line['body']))).toMatchObject({ id: eventId })
  expect(line['durationMs']).toBeTypeOf('number')
})

test('a local URL where nothing listens is reported, and what comes later is forwarded all the same', async () => {
  const organisation = await createOrganisation(server, receiver)
  receiver.behave('/breaking', behaviours.reset())
  const { cli } = await listen(organisation.key, '/breaking')
  await organisation.postMany(1)
  const failed = await until(() => linesOf(cli).find(({ type }) => type === 'forwarded'))
  expect(failed).toMatchObject({ statusCode: null, error: expect.stringMatching(/./) })
  receiver.behave('/breaking', behaviours.ok())
  await organisation.postMany(1)
  await until(() => linesOf(cli).find(({ statusCode }) => statusCode === 200))
})

test('what was recorded while the server could not be reached is forwarded when it is back, once', async () => {
  const organisation = await createOrganisation(server, receiver)
  const { cli } = await listen(organisation.key, '/outage')
  const port = (http.address() as AddressInfo).port
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
  await until(() => linesOf(cli).find(({ type }) => type === 'disconnected'))
  const ids = await organisation.postMany(3)
  await listenOn(port)
  const requests = await receiver.waitFor(3, { path: '/outage' })
  expect(requests.map(({ webhookId }) => webhookId)).toEqual(ids)
  await organisation.postMany(1)
  expect(await receiver.waitFor(4, { path: '/outage' })).toHaveLength(4)
})

test('an event whose transaction commits after newer events were forwarded is forwarded all the same', async () => {
  const organisation = await createOrganisation(server, receiver)
  await listen(organisation.key, '/late')
  const sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  onTestFinished(() => sql.end())
  let late = ''
  await sql.begin(async (tx) => {
    const [row] = await tx`
      insert into domain_events (entity_type, entity_id, event_type, data, organisation_id)
      values ('Issue', gen_random_uuid(), 'IssueUpdated', '{}', ${organisation.organisationId}) returning id`
    late = row?.['id']
    await organisation.postMany(1)
    await receiver.waitFor(1, { path: '/late' })
  })
  const requests = await receiver.waitFor(2, { path: '/late' })
  expect(requests[1]?.webhookId).toBe(late)
})

test('for a person it says the secret, what became of each event, and no colours in a file', async () => {
  const organisation = await createOrganisation(server, receiver)
  const secret = `whsec_${Buffer.from('x'.repeat(43)).toString('base64')}`
  const cli = startCli(['listen', '--url', receiver.url('/text')], {
    POSTHORN_URL: url,
    POSTHORN_API_KEY: organisation.key,
    POSTHORN_WEBHOOK_SECRET: secret,
  })
  await until(() => cli.out().includes(`Signing secret: ${secret}\n`))
  const [id] = await organisation.postMany(1)
  await until(() => cli.out().includes(` ms\n`))
  expect(cli.out()).toMatch(
    new RegExp(`\\n\\d\\d:\\d\\d:\\d\\d {2}200 {2}IssueStatusChanged {2}${id} `),
  )
  cli.stop()
  expect(await cli.ended).toBe(0)
})

test('a key of the platform must say whose events it wants', async () => {
  const env = { POSTHORN_URL: url, POSTHORN_API_KEY: 'ph_wrong' }
  const refused = await runCli(['listen', '--url', 'http://a'], env)
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^Error: .+\n.+Request/s) })
  const asked = await runCli(['listen', '--url', 'http://a'], {
    ...env,
    POSTHORN_API_KEY: platformKey,
  })
  expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('--organisation') })
})
