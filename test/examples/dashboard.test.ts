import { randomUUID } from 'node:crypto'
import { type BuiltInEvents, createPosthornClient, verifyWebhook } from '@posthorn/sdk'
import type { Browser } from 'playwright-core'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/console/browser.ts'
import { platformKey } from '../support/create-test-posthorn.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'
import { type RunningDashboard, runDashboard } from './run-dashboard.ts'

const unknownId = 'ffffffff-ffff-4fff-bfff-ffffffffffff'

let database: TestDatabase
let sql: postgres.Sql
let receiver: Receiver
let dashboard: RunningDashboard
let organisationId: string
let issues: { id: string; title: string; status: string }[]

beforeAll(async () => {
  database = await createTestDatabase('empty')
  sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  receiver = await startReceiver()
  dashboard = await runDashboard(database.url)
  const [organisation] = await sql`select id from organisations where name like 'Lindenhof%'`
  organisationId = organisation?.['id']
  issues = (await graphql('{ issues { id title status } }')).data.issues
}, 120_000)

afterAll(async () => {
  await dashboard?.kill()
  await receiver?.close()
  await sql?.end({ timeout: 5 })
  await database?.drop()
})

function api() {
  return createPosthornClient({
    url: `${dashboard.url}/api/posthorn`,
    apiKey: platformKey,
    organisationId,
  })
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
async function graphql(query: string, variables = {}, headers = {}): Promise<any> {
  const response = await fetch(`${dashboard.url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

const addNote = 'mutation ($id: UUID!, $text: String!) { addNote(id: $id, text: $text) { id } }'

describe('the dashboard of the examples', () => {
  it('sends a webhook of what a mutation changed, with who did it and in which request', async () => {
    const subscription = await api().subscriptions.create({ url: receiver.url('/hears') })
    const { id, title } = issues[0] as (typeof issues)[0]
    const requestId = randomUUID()
    const query = `mutation ($id: UUID!) {
      changeIssueStatus(id: $id, to: waiting, reason: "Part ordered") { status activity { summary } }
    }`
    const { data } = await graphql(query, { id }, { 'x-request-id': requestId })
    expect(data.changeIssueStatus).toEqual({
      status: 'waiting',
      activity: [{ summary: 'moved it from open to waiting: Part ordered' }],
    })

    const [request] = await receiver.waitFor(1, { path: '/hears' })
    if (!request) throw new Error('no request')
    const event = verifyWebhook<BuiltInEvents>(request, subscription.secret)
    const [user] = await sql`select id from users where id = ${event.userId}`
    expect(user).toBeDefined()
    expect(event).toMatchObject({
      type: 'IssueStatusChanged',
      entityId: id,
      organisationId,
      correlationId: requestId,
      data: { from: 'open', to: 'waiting', reason: 'Part ordered', title },
    })
  })

  it('writes the event in the transaction of the change', async () => {
    const { id } = issues[1] as (typeof issues)[0]
    await graphql(addNote, { id, text: 'Key is with the caretaker' })
    // now() is the time of the transaction, to the microsecond.
    const rows = await sql`
      select note.text, event.data->>'text' as told
      from notes note join posthorn.domain_events event
        on event.entity_id = note.issue_id and event.created_at = note.created_at
      where note.issue_id = ${id}`
    expect(rows).toEqual([{ text: 'Key is with the caretaker', told: 'Key is with the caretaker' }])
  })

  it('loses the event with the change when the commit itself is refused', async () => {
    const { id } = issues[1] as (typeof issues)[0]
    await sql.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
      create constraint trigger refuse after insert on notes deferrable initially deferred
        for each row when (new.text = 'Refused') execute function refuse()`)
    expect((await graphql(addNote, { id, text: 'Refused' })).errors).toHaveLength(1)
    const told = sql`select from posthorn.domain_events where data->>'text' = 'Refused'`
    expect(await told).toHaveLength(0)
  })

  it('changes nothing and sends nothing when a mutation fails half-way', async () => {
    const { id } = issues[1] as (typeof issues)[0]
    const count = async () =>
      Number((await sql`select count(*) from posthorn.domain_events`)[0]?.['count'])
    const before = await count()
    const query = 'mutation ($ids: [UUID!]!) { resolveIssues(ids: $ids) { id } }'
    const { errors } = await graphql(query, { ids: [id, unknownId] })
    expect(errors[0]).toMatchObject({
      message: `There is no issue ${unknownId} in your organisation.`,
      extensions: { code: 'NOT_FOUND' },
    })
    expect(await sql`select status from issues where id = ${id}`).toEqual([{ status: 'open' }])
    expect(await count()).toBe(before)
  })

  it("refuses another organisation's issue as one that is not there", async () => {
    const [foreign] = await sql`select id from issues where organisation_id <> ${organisationId}`
    const { errors } = await graphql(addNote, { id: foreign?.['id'], text: 'Hello' })
    expect(errors[0].extensions.code).toBe('NOT_FOUND')
  })

  it('passes requests and answers of the API through Next.js unchanged', async () => {
    const description = 'Zażółć gęślą jaźń 🛠️ "quoted"\n\u2028end'
    const { id } = await api().subscriptions.create({ url: receiver.url('/patched') })
    expect(await api().subscriptions.update(id, { description })).toMatchObject({ description })

    async function call(method: string, path: string) {
      const url = `${dashboard.url}/api/posthorn${path}?organisationId=${organisationId}`
      const headers = { authorization: `Bearer ${platformKey}` }
      const response = await fetch(url, { method, headers })
      return {
        type: response.headers.get('content-type'),
        status: response.status,
        text: await response.text(),
      }
    }
    expect(await call('DELETE', `/v1/subscriptions/${id}`)).toMatchObject({ status: 204, text: '' })
    for (const path of [`/v1/subscriptions/${unknownId}`, '/v1/nowhere']) {
      const { status, type, text } = await call('GET', path)
      expect([status, type]).toEqual([404, 'application/problem+json'])
      expect(JSON.parse(text)).toMatchObject({ code: 'not_found' })
    }
  })

  it('streams the live tail through Next.js as it happens', async () => {
    const ended = new AbortController()
    const stream = api().stream({}, { signal: ended.signal })
    const first = stream.next()
    const { id } = issues[2] as (typeof issues)[0]
    // The stream tells of what comes after it was opened.
    let seen = false
    void first.then(() => (seen = true))
    await expect
      .poll(async () => {
        if (!seen) await graphql(addNote, { id, text: 'Tick' })
        return seen
      })
      .toBe(true)
    ended.abort()
  })
})

describe('its pages', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  it('change an issue and show it in the feed, in the console and at the receiver', {
    timeout: 60_000,
  }, async () => {
    const page = await browser.newPage()
    const thrown = new Promise<never>((_, reject) => page.on('pageerror', reject))
    async function goTo(name: string): Promise<void> {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { name, level: 1 }).first().waitFor()
    }
    async function visit(): Promise<void> {
      await page.goto(`${dashboard.url}/issues`)
      await page.getByRole('link', { name: 'Radiator stays cold' }).click()
      await page.getByLabel('New status').selectOption('closed')
      await page.getByLabel('Reason').fill('Valve replaced')
      await page.getByRole('button', { name: 'Change status' }).click()
      await page.getByText('to closed: Valve replaced').waitFor()

      await goTo('Activity')
      await page.getByText('to closed: Valve replaced').waitFor()

      await goTo('Integrations')
      await goTo('Subscriptions')
      await page.getByText('The receiver in this dashboard').first().waitFor()
      await goTo('Deliveries')
      await page.getByText('IssueStatusChanged').first().waitFor()

      await goTo('Receiver')
      await page.getByText('IssueStatusChanged').first().click()
      await page.getByText('Valve replaced').first().waitFor()
    }
    await Promise.race([visit(), thrown])
    await page.close()
  })
})

describe('when it is stopped', () => {
  const port = () => Number(new URL(dashboard.url).port)

  it('finishes and records a delivery that is under way before it exits', async () => {
    receiver.behave('/slow', behaviours.slow(1500))
    const { id: subscriptionId } = await api().subscriptions.create({ url: receiver.url('/slow') })
    await graphql(addNote, { id: issues[0]?.id, text: 'Slowly' })
    await receiver.waitFor(1, { path: '/slow' })
    expect(await dashboard.stop()).toBe(0)

    dashboard = await runDashboard(database.url, port())
    const { data } = await api().deliveries.list({ subscriptionId })
    expect(data).toMatchObject([{ status: 'succeeded', attempts: 1 }])
    expect(receiver.requests('/slow')).toHaveLength(1)
    await api().subscriptions.delete(subscriptionId)
  })

  it('sends after a restart what was committed before it was killed', async () => {
    receiver.behave('/killed', behaviours.hang())
    await api().subscriptions.create({ url: receiver.url('/killed') })
    const texts = Array.from({ length: 10 }, (_, index) => `Note ${index}`)
    await Promise.all(texts.map((text) => graphql(addNote, { id: issues[1]?.id, text })))
    await dashboard.kill()

    receiver.behave('/killed', behaviours.ok())
    const before = receiver.requests('/killed').length
    dashboard = await runDashboard(database.url, port())
    const after = (
      await receiver.waitFor(before + 10, { path: '/killed', timeoutMs: 20_000 })
    ).slice(before)
    const told = after.map(({ body }) => JSON.parse(body.toString()).data.text)
    expect(told.toSorted()).toEqual(texts)
  })
})
