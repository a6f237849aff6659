import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  createPosthornClient,
  defineEvents,
  type EventDefinitions,
  type EventsOf,
  jsonSchemasOf,
  parseEvent,
  verifyWebhook,
} from '../../sdk/src/index.ts'

const events = defineEvents({
  LeaseSigned: {
    entity: 'Lease',
    data: z.object({
      signedOn: z.iso.date(),
      parties: z.array(z.object({ name: z.string(), role: z.enum(['owner', 'tenant']) })),
      rent: z.number().optional(),
    }),
    example: { signedOn: '2026-03-09', parties: [{ name: 'Amara Okafor', role: 'tenant' }] },
  },
  KeyLost: { entity: 'Key', data: z.looseObject({ copies: z.string().transform(Number) }) },
})

type Ours = EventsOf<typeof events>
const entityId = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
const request = { headers: {}, body: '' }

test('names, entities and data are exact, and nothing is any', () => {
  expectTypeOf<keyof Ours>().toEqualTypeOf<'LeaseSigned' | 'KeyLost'>()
  expectTypeOf<Ours['LeaseSigned']['entityType']>().toEqualTypeOf<'Lease'>()
  expectTypeOf<Ours['LeaseSigned']['data']>().toEqualTypeOf<{
    signedOn: string
    parties: { name: string; role: 'owner' | 'tenant' }[]
    rent?: number | undefined
  }>()
  // What is sent, not what the receiver's schema makes of it.
  expectTypeOf<Ours['KeyLost']['data']['copies']>().toEqualTypeOf<string>()
  expectTypeOf<Ours['KeyLost']['data']>().not.toBeAny()
  expectTypeOf(jsonSchemasOf(events)).toHaveProperty('LeaseSigned')
})

test('an example that does not fit is a compile error', () => {
  defineEvents({
    KeyLost: {
      entity: 'Key',
      data: z.object({ copies: z.int() }),
      // @ts-expect-error copies is a number
      example: { copies: 'two' },
    },
  })
})

test('a schema that cannot say JSON Schema is a compile error', () => {
  const validate = () => ({ value: {} })
  const data = { '~standard': { version: 1 as const, vendor: 'none', validate } }
  // @ts-expect-error it only validates
  defineEvents({ KeyLost: { entity: 'Key', data } })
  // @ts-expect-error no entity
  defineEvents({ KeyLost: { data: z.object({}) } })
})

test('a client emits what is defined and nothing else', () => {
  const { emit } = createPosthornClient<Ours>({ url: 'http://localhost', apiKey: 'ph_a' })
  const lease = { eventType: 'LeaseSigned', entityType: 'Lease', entityId } as const
  void emit({ ...lease, data: { signedOn: '2026-03-09', parties: [] } })
  // @ts-expect-error signedOn is text
  void emit({ ...lease, data: { signedOn: 9, parties: [] } })
  // @ts-expect-error parties is missing
  void emit({ ...lease, data: { signedOn: '2026-03-09' } })
  // @ts-expect-error not a role
  void emit({ ...lease, data: { signedOn: '', parties: [{ name: '', role: 'vendor' }] } })
  // @ts-expect-error of another entity
  void emit({ ...lease, entityType: 'Key', data: { signedOn: '', parties: [] } })
  // @ts-expect-error not defined
  void emit({ ...lease, eventType: 'LeaseEnded', data: { signedOn: '', parties: [] } })
})

test('a webhook is narrowed by its type, whether it was checked or not', () => {
  const unchecked = verifyWebhook<Ours>(request, 'whsec_')
  if (unchecked.type === 'LeaseSigned') {
    expectTypeOf(unchecked.data.signedOn).toEqualTypeOf<string>()
    expectTypeOf(unchecked.entityType).toEqualTypeOf<'Lease'>()
  }
  const event = parseEvent(verifyWebhook(request, 'whsec_'), events)
  expectTypeOf(event).extract<undefined>().toEqualTypeOf<undefined>()
  if (event?.type === 'LeaseSigned') {
    expectTypeOf(event.data.parties).toEqualTypeOf<{ name: string; role: 'owner' | 'tenant' }[]>()
    // @ts-expect-error of the other type
    event.data.copies
  }
  // @ts-expect-error not defined
  if (event?.type === 'LeaseEnded') return
})

test('definitions that the compiler knows nothing of still are definitions', () => {
  expectTypeOf(defineEvents({} as EventDefinitions)).toEqualTypeOf<EventDefinitions>()
  expectTypeOf<EventsOf<EventDefinitions>[string]['data']>().toEqualTypeOf<object>()
})
