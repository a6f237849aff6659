import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import {
  BreakingChangeError,
  createPosthornClient,
  defineEvents,
  type PosthornClient,
  publishEvents,
} from '../../sdk/src/index.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let client: PosthornClient

beforeAll(async () => {
  server = await createTestPosthorn()
  const fetch: typeof globalThis.fetch = async (input, init) =>
    server.posthorn.fetch(new Request(input, init))
  client = createPosthornClient({ url: 'http://posthorn.test', apiKey: platformKey, fetch })
})

afterAll(() => server.close())

const lease = (more: z.ZodRawShape = {}, description?: string) =>
  defineEvents({
    LeaseSigned: {
      entity: 'Lease',
      data: z.object({ signedOn: z.iso.date(), ...more }),
      ...(description && { description }),
      example: { signedOn: '2026-03-09', kind: 'flat' },
    },
  })
const none = { created: [], updated: [], unchanged: [], changes: [] }
const signed = () => client.eventTypes.get('LeaseSigned')

test('definitions are created, and published again they change nothing', async () => {
  const events = lease({}, 'A lease was signed.')
  expect(await publishEvents(client, events, { dryRun: true })).toEqual({
    ...none,
    created: ['LeaseSigned'],
  })
  await expect(signed()).rejects.toMatchObject({ code: 'event_type_not_found' })
  expect(await publishEvents(client, events)).toEqual({ ...none, created: ['LeaseSigned'] })
  const published = await signed()
  expect(published).toMatchObject({
    entityType: 'Lease',
    description: 'A lease was signed.',
    example: { signedOn: '2026-03-09' },
    schema: { properties: { signedOn: { format: 'date' } } },
    validation: 'warn',
    version: 1,
  })
  expect(await publishEvents(client, events)).toEqual({ ...none, unchanged: ['LeaseSigned'] })
  expect(await signed()).toEqual(published)
})

test('what the operator decided and wrote stays when a type is updated', async () => {
  const { schema } = await signed()
  await client.eventTypes.put('LeaseSigned', {
    entityType: 'Lease',
    description: 'Every party has signed.',
    schema,
    validation: 'strict',
  })
  await client.eventTypes.deprecate('LeaseSigned')
  const { updated, changes } = await publishEvents(client, lease({ kind: z.string() }))
  expect(updated).toEqual(['LeaseSigned'])
  expect(changes.map(({ path, breaking }) => [path, breaking])).toEqual([['data.kind', false]])
  expect(await signed()).toMatchObject({
    description: 'Every party has signed.',
    validation: 'strict',
    deprecated: true,
    version: 2,
  })
})

test('a validation that is asked for is a change like any other', async () => {
  const options = { validation: 'off' } as const
  const { updated } = await publishEvents(client, lease({ kind: z.string() }), options)
  expect(updated).toEqual(['LeaseSigned'])
  expect(await signed()).toMatchObject({ validation: 'off', deprecated: true, version: 2 })
})

test('what breaks receivers is refused as a whole, with a list to read, unless it is meant', async () => {
  const before = await client.eventTypes.list()
  const events = defineEvents({
    KeyLost: { entity: 'Key', data: z.object({}) },
    LeaseSigned: { entity: 'Contract', data: z.object({ signedOn: z.string().nullable() }) },
  })
  const refusal = await publishEvents(client, events).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(BreakingChangeError)
  expect((refusal as Error).message.split('\n').slice(1, -1)).toEqual([
    '  LeaseSigned: entityType is Contract now, was Lease: subscriptions choose by it',
    '  LeaseSigned: data.kind was removed',
    '  LeaseSigned: data.signedOn may be null now',
    '  LeaseSigned: data.signedOn has format none now, was date',
  ])
  expect(await client.eventTypes.list()).toEqual(before)
  const { created, updated } = await publishEvents(client, events, { allowBreaking: true })
  expect({ created, updated }).toEqual({ created: ['KeyLost'], updated: ['LeaseSigned'] })
})

test('the built-in definitions are what the catalogue starts with', async () => {
  const { builtInEvents } = await import('../../sdk/src/built-in-events/index.ts')
  const { unchanged, created, updated } = await publishEvents(client, builtInEvents)
  expect({ created, updated }).toEqual({ created: [], updated: [] })
  expect(unchanged).toHaveLength(Object.keys(builtInEvents).length)
})
