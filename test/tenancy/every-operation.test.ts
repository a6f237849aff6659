import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { platformKey } from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'
import {
  type Answer,
  createOrganisations,
  type Organisations,
  type Things,
} from './organisations.ts'
import { aims } from './places.ts'
import { aimed, missingLike, type Shot, shotsOf } from './sweep.ts'

let world: Organisations
let victim: Things
/** One for each sweep, for it leaves things behind that are called as the victim's. */
let strangers: Things[]
let missing: Things
let before: Record<string, string[]>

beforeAll(async () => {
  world = await createOrganisations(6)
  ;[victim = {}, ...strangers] = world.all
  missing = missingLike(victim)
  before = await world.rowsOf(victim['organisation'] ?? '')
})

afterAll(() => world.close())

/** What differs from one request to the next, whoever is named. */
const ownHeaders = /^(x-request-id|ratelimit.*|date)$/

function described({ status, headers, text }: Answer, sent: string[], isRead: boolean): string {
  const shown = [...headers].filter(([name]) => !ownHeaders.test(name))
  let plain = text
    .replace(/"(requestId|instance|serverTime)":"[^"]*"/g, '"$1":""')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"oldestDueSeconds":\d+/g, '"oldestDueSeconds":0')
  // Of the history it is a time.
  if (text.includes('"caughtUp"')) plain = plain.replace(/"nextCursor":"[^"]*"/, '')
  for (const value of sent) plain = plain.replaceAll(value, 'SENT')
  // What was made has a name of its own, and secrets.
  if (!isRead || /^(event|retry):/.test(plain))
    plain = plain
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replace(/(whsec_|pht?_)[\w+/=-]+/g, 'SECRET')
      .replace(/"(prefix|revision)":("\w+"|\d+)/g, '"$1":""')
  const rest = shown.filter(([name]) => name !== 'etag' || isRead)
  return `${status} ${JSON.stringify(rest)} ${plain}`
}

/** What was not sent and is the victim's nevertheless. */
function foreignIn(text: string, sent: string[]): string[] {
  return Object.values(victim).filter((value) => !sent.includes(value) && text.includes(value))
}

async function sweep(as: (own: Things) => string | undefined, shots: Shot[]): Promise<string[]> {
  const own = strangers.pop() ?? {}
  const found: string[] = []
  for (const shot of shots) {
    const ask = async (): Promise<string[]> => {
      const answers = []
      for (const at of [victim, missing]) {
        const { method, path, body, headers, sent } = aimed(shot, { at, own })
        const answer = await world.ask(method, path, as(own) ?? '', body, headers)
        for (const one of foreignIn(answer.text, sent))
          found.push(`${shot.name} ${path} shows ${one}`)
        // A PUT makes what is called so.
        const isGone = [403, 404].includes(answer.status) || /^PUT .*uid:/.test(`${method} ${path}`)
        if (answer.status >= 500 || (/\/(uid:)?\{(?!own)/.test(shot.path) && !isGone))
          found.push(`${shot.name} ${path}: ${answer.status}`)
        answers.push(described(answer, sent, method === 'GET'))
      }
      return answers
    }
    let [theirs, nobodys] = await ask()
    // What the sweep has posted of its own gets into the history a second later, perhaps between the two.
    for (
      let again = 0;
      theirs !== nobodys && again < 10 && /\/history\b/.test(shot.path);
      again++
    ) {
      await delay(300)
      ;[theirs, nobodys] = await ask()
    }
    if (theirs !== nobodys)
      found.push(
        `${shot.method} ${shot.path} ${JSON.stringify(shot.body)}\n  ${theirs}\n  ${nobodys}`,
      )
  }
  return found
}

test('every operation is swept, with hundreds of requests', () => {
  const shots = shotsOf()
  expect(shots.length).toBeGreaterThan(300)
  expect(new Set(shots.map(({ name }) => name)).size).toBe(operations.length)
})

test('every body that the document knows is aimed with, and no other', () => {
  const withBody = operations.filter(({ operation }) => 'requestBody' in operation)
  expect(withBody.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(aims).sort(),
  )
})

// A thousand requests each: on a machine that is busy they take their time.
describe('whatever a stranger names of another organisation', { timeout: 240_000 }, () => {
  test.each(['portal', 'jwt', 'key'])(
    'is answered as if there were no such thing, to a stranger with a %s',
    async (kind) => {
      expect(await sweep((own) => own[kind], shotsOf())).toEqual([])
    },
  )

  test('is so for the platform, when it names one organisation and something of another', async () => {
    const shots = shotsOf(
      operations.filter(({ method, operation }) => {
        const { parameters = [] } = operation as { parameters?: { name: string }[] }
        return method !== 'PUT' && parameters.some(({ name }) => name === 'organisationId')
      }),
    ).filter(({ path }) => !path.includes('organisationId='))
    const named = shots.map((shot) => ({
      ...shot,
      path: `${shot.path}${shot.path.includes('?') ? '&' : '?'}organisationId={own.organisation}`,
    }))
    expect(await sweep(() => platformKey, named)).toEqual([])
  })

  test('is so where row-level security is not in force: by the predicates alone', async () => {
    const tables = await world.sql`
      select relname from pg_class where relnamespace = 'posthorn'::regnamespace and relrowsecurity`
    for (const { relname } of tables)
      await world.sql`alter table ${world.sql(relname)} disable row level security`
    expect(tables.length).toBeGreaterThan(10)
    expect(await sweep((own) => own['key'], shotsOf())).toEqual([])
  })

  test('is afterwards as it was, to the last column, and its credentials and secrets are good', async () => {
    const { organisation = '', key = '', portal = '', jwt = '', subscription, secret } = victim
    expect(await world.rowsOf(organisation)).toEqual(before)
    for (const one of [key, portal, jwt])
      expect((await world.ask('GET', '/v1/session', one)).status).toBe(200)
    const { text } = await world.ask('GET', `/v1/subscriptions/${subscription}/secret`, key)
    expect(text).toContain(secret)
  })
})
