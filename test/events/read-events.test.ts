import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { type EventQuery, listEvents } from '../../server/events/read-events.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededEvent, type SeededLog, seedLog } from '../support/seed-log.ts'

let database: TestDatabase
let api: Database
let log: SeededLog

beforeAll(async () => {
  database = await createTestDatabase()
  api = connectDatabase({
    url: database.url,
    schema: 'posthorn',
    applicationName: 'events test',
    maxConnections: 1,
    log: silentLogger,
  })
  log = await seedLog(database.url)
})

afterAll(async () => {
  await api.close()
  await database.drop()
})

const cases: [string, () => Partial<EventQuery>, (event: SeededEvent) => boolean][] = [
  ['nothing', () => ({}), () => true],
  [
    'an event type',
    () => ({ eventType: ['IssueCreated'] }),
    (one) => one.eventType === 'IssueCreated',
  ],
  [
    'an entity',
    () => ({ entityId: log.entityIds[0], entityType: ['Issue'] }),
    (one) => one.entityId === log.entityIds[0] && one.entityType === 'Issue',
  ],
  [
    'a correlation id',
    () => ({ correlationId: log.correlationId }),
    (one) => one.correlationId === log.correlationId,
  ],
  [
    'a correlation id and an entity',
    () => ({ correlationId: log.correlationId, entityId: log.entityIds[1] }),
    (one) => one.correlationId === log.correlationId && one.entityId === log.entityIds[1],
  ],
  [
    'patterns of event types',
    () => ({ eventType: ['Issue*', 'Tenant_Moved'] }),
    (one) => one.eventType.startsWith('Issue') || one.eventType === 'Tenant_Moved',
  ],
  [
    'the beginning of an id',
    () => ({ idPrefix: prefixOf(log).toUpperCase() }),
    (one) => one.id.startsWith(prefixOf(log)),
  ],
  ['a source', () => ({ source: ['dashboard', 'import'] }), () => true],
  ['a source that nothing has', () => ({ source: ['import'] }), () => false],
  ['what there is not', () => ({ entityType: ['Nothing'] }), () => false],
]

/** With a part of a group of digits, as somebody types it. */
function prefixOf({ events }: SeededLog): string {
  return (events[40]?.id ?? '').slice(0, 12)
}

test.each(cases)(
  'a list by %s has every event once, however little each page looks at',
  async (_, query, matches) => {
    const [organisationId = ''] = log.organisationIds
    const expected = log.events
      .filter((event) => event.organisationId === organisationId && matches(event))
      .map((event) => event.id)
    for (const [limit, scan] of [
      [7, 10],
      [3, 40],
      [250, 1000],
    ] as const) {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const ctx = { database: { api } } as unknown as Context
        const page = await listEvents(ctx, organisationId, { ...query(), limit, cursor }, scan)
        // A page that is neither full nor the last says how far it looked.
        if (page.nextCursor !== null) {
          if (page.searchedUntil === null) expect(page.data).toHaveLength(limit)
        }
        found.push(...page.data.map((event) => event.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(found).toEqual(expected)
    }
  },
)
