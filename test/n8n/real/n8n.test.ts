import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../support/organisation.ts'
import { say } from './installation.ts'
import { createN8n } from './n8n.ts'
import { startPosthorn } from './posthorn.ts'
import { readWorkflow, thatFails, withCredential } from './workflows.ts'

// One n8n for all, in this order: it takes ten seconds to start and up to 2 GB.

let posthorn: Awaited<ReturnType<typeof startPosthorn>>
let n8n: Awaited<ReturnType<typeof createN8n>>
const api = { id: 'posthornApi00001', name: 'Posthorn', type: 'posthornApi' }
const crypto = { id: 'cryptoSecret0001', name: 'Secret of Posthorn', type: 'crypto' }

interface Subscription {
  id: string
  uid: string
  url: string
  secret: string
}

const byHand = ['in-code', 'without-code'] as const
// Each hears what only it hears.
const eventTypes = { 'in-code': 'IssueCreated', 'without-code': 'IssueUpdated' }
const subscriptions = {} as Record<(typeof byHand)[number], Subscription>
const trigger = 'posthornTrigger'
const failing = 'posthornFailing'

beforeAll(async () => {
  ;[posthorn, n8n] = await Promise.all([startPosthorn(), createN8n()])
  for (const name of byHand) {
    const url = `${n8n.url}/webhook/posthorn-${name}`
    const settings = { url, eventTypes: [eventTypes[name]] }
    subscriptions[name] = await posthorn.call('POST', '/v1/subscriptions', settings)
  }
  const key = Buffer.from(subscriptions['without-code'].secret.slice('whsec_'.length), 'base64')
  const onEvents = withCredential(await readWorkflow('trigger'), /posthorn/, 'posthornApi', api)
  await n8n.import(
    [
      {
        ...api,
        data: { baseUrl: `${posthorn.url}/`, apiKey: posthorn.apiKey, organisationId: '' },
      },
      { ...crypto, data: { hmacSecret: key.toString() } },
    ],
    [
      await readWorkflow('verify-in-code', { whsec_REPLACE_ME: subscriptions['in-code'].secret }),
      withCredential(await readWorkflow('verify-without-code'), /crypto/, 'crypto', crypto),
      onEvents,
      thatFails(failing, onEvents),
    ],
  )
  await start()
  await n8n.signUp()
}, 1_200_000)

afterAll(async () => {
  await n8n?.close()
  await posthorn?.close()
})

/** Resolves when webhooks are live, which is after n8n says that it is ready. */
async function start(): Promise<void> {
  const startedMs = performance.now()
  await n8n.start()
  const { url } = subscriptions['in-code']
  await until(async () => (await fetch(url, { method: 'POST', body: '{}' })).status === 401, 60_000)
  say(`started in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
}

interface Request {
  body?: string
  secret: string
  at?: Date
  id?: string
}

/** As Posthorn signs, by another library. */
function sign({ body = '{}', secret, at = new Date(), id = crypto.id }: Request) {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
}

async function send(url: string, headers: Record<string, string>, body = '{}'): Promise<number> {
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.text()
  return response.status
}

const lastNodes = async (workflowId: string) =>
  (await n8n.executions(workflowId)).map(({ data }) => data.resultData.lastNodeExecuted)

/** What the trigger of a workflow registered. */
async function registered(workflowId: string): Promise<Subscription | undefined> {
  const { data } = await posthorn.call('GET', `/v1/subscriptions?q=${workflowId}`)
  if (data.length === 0) return undefined
  const { secret } = await posthorn.call('GET', `/v1/subscriptions/${data[0].id}/secret`)
  return { ...data[0], secret }
}

/** The answer to the first attempt of a new event. */
async function deliver({ id }: { id: string }, eventType?: string): Promise<number | undefined> {
  const [attempt] = await posthorn.attempts(await posthorn.emit(eventType), id)
  return attempt?.response?.statusCode
}

describe.for([
  ['in-code', 'posthornVerifyInCode'],
  ['without-code', 'posthornVerifyNoCode'],
] as const)('the workflow %s', ([name, workflowId]) => {
  test('takes what Posthorn sends', async () => {
    expect(await deliver(subscriptions[name], eventTypes[name])).toBe(200)
    expect(await until(async () => (await lastNodes(workflowId))[0])).toBe('Accept')
  })

  test('takes any bytes that are signed', async () => {
    const { url, secret } = subscriptions[name]
    const body = '{\n  "id": "ä",\n  "data": "gelöst 🛠️"\n}\n'
    const timesMs: number[] = []
    for (let count = 0; count < 20; count++) {
      const startedMs = performance.now()
      expect(await send(url, sign({ body, secret }), body)).toBe(200)
      timesMs.push(performance.now() - startedMs)
    }
    const p50 = timesMs.sort((a, b) => a - b)[10]
    say(`${name}: 20 accepted one after the other, p50 ${p50?.toFixed(0)} ms`)
  })

  test('refuses what was changed, is old, is signed by another or not at all', async () => {
    const { url, secret } = subscriptions[name]
    const good = sign({ secret })
    const anHourAgo = new Date(Date.now() - 3_600_000)
    const others = byHand.filter((other) => other !== name).map((other) => subscriptions[other])
    const answers = [
      await send(url, good, '{ }'),
      await send(url, sign({ secret, at: anHourAgo })),
      await send(url, sign({ secret: others[0]?.secret ?? '' })),
      ...(await Promise.all(
        Object.keys(good)
          .slice(1)
          .map((header) => send(url, { ...good, [header]: '' })),
      )),
      await send(url, {}),
    ]
    expect(answers).toEqual(answers.map(() => 401))
    // Executions are recorded a little later. The delivery and the twenty of the tests before, and no other:
    await expect
      .poll(async () => Object.groupBy(await lastNodes(workflowId), (node) => node))
      .toMatchObject({ Accept: { length: 21 } })
    const refused = (await lastNodes(workflowId)).filter((node) => node === 'Refuse')
    expect(refused.length).toBeGreaterThanOrEqual(answers.length)
    say(`${name}: ${answers.length} of ${answers.length} forgeries refused`)
  })
})

describe('the trigger', () => {
  test('offers what is in the catalogue, and its credential can be tried', async () => {
    const { data: options } = await n8n.call('POST', '/rest/dynamic-node-parameters/options', {
      path: 'parameters.eventTypes',
      nodeTypeAndVersion: { name: 'n8n-nodes-posthorn.posthornTrigger', version: 1 },
      currentNodeParameters: { entityTypes: ['Issue'] },
      methodName: 'getEventTypes',
      credentials: { posthornApi: api },
    })
    const names = options.map(({ value }: { value: string }) => value)
    expect(names).toContain('IssueStatusChanged')
    expect(names).not.toContain('PropertyCreated')
    const data = { baseUrl: posthorn.url, apiKey: posthorn.apiKey, organisationId: '' }
    const tried = async (apiKey: string) => {
      const credentials = { ...api, data: { ...data, apiKey } }
      return (await n8n.call('POST', '/rest/credentials/test', { credentials })).data.status
    }
    expect(await tried(posthorn.apiKey)).toBe('OK')
    expect(await tried('ph_wrong')).toBe('Error')
  })

  test('has registered, starts its workflow on an event, and the action emits another one', async () => {
    const subscription = await registered(trigger)
    expect(subscription).toMatchObject({
      uid: expect.stringMatching(/^n8n:[0-9a-f]{64}:posthornTrigger:[0-9a-f-]{36}:trigger$/),
      ...{ eventTypes: ['IssueStatusChanged'], entityTypes: ['Issue'], rateLimit: 15 },
    })
    expect(await deliver(subscription as Subscription)).toBe(200)
    expect(await until(async () => (await lastNodes(trigger))[0])).toBe('Emit a note')
    const notes = await until(async () => {
      const { data } = await posthorn.call('GET', '/v1/events?eventType=IssueNoteAdded')
      return data.length > 0 && data
    })
    expect(notes).toMatchObject([{ source: 'n8n', data: { text: 'Seen by n8n: gelöst 🛠️' } }])
  })

  test('answers 401 to another secret and starts nothing', async () => {
    const { url } = (await registered(trigger)) as Subscription
    const before = (await lastNodes(trigger)).length
    expect(await send(url, sign({ secret: subscriptions['in-code'].secret }))).toBe(401)
    expect(await send(url, {})).toBe(401)
    expect(await lastNodes(trigger)).toHaveLength(before)
  })

  test('makes the delivery fail when the workflow does, if it is to wait for it', async () => {
    const subscription = (await registered(failing)) as Subscription
    expect(await deliver(subscription, 'IssueDeleted')).toBe(500)
  })

  test('has the action emit once, however often n8n tries it in an execution', async () => {
    const [execution] = await until(() => n8n.executions(failing))
    expect(execution?.data.resultData.lastNodeExecuted).toBe('Emit')
    const { data } = await posthorn.call('GET', '/v1/events?eventType=PropertyUpdated')
    const executions = data.map((event: { data: { execution: string } }) => event.data.execution)
    expect(executions).toContain(execution?.id)
    expect(new Set(executions).size).toBe(executions.length)
  })

  test('goes on with its secret when n8n was started again', async () => {
    const before = (await registered(trigger)) as Subscription
    await n8n.stop()
    await start()
    expect(await registered(trigger)).toEqual({ ...before, health: expect.anything() })
    expect(await deliver(before)).toBe(200)
  })

  test('takes leave when its workflow is deactivated, and comes back with its secret', async () => {
    const before = (await registered(trigger)) as Subscription
    await n8n.call('POST', `/api/v1/workflows/${trigger}/deactivate`)
    await until(async () => (await registered(trigger)) === undefined)
    await n8n.call('POST', `/api/v1/workflows/${trigger}/activate`)
    const { id, secret } = await until(() => registered(trigger))
    expect({ id, secret }).toEqual({ id: before.id, secret: before.secret })
    expect(await deliver({ id })).toBe(200)
  })
})
