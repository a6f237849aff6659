import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '@prisma/client/extension'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { posthorn } from '../../sdk/src/prisma/index.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { createOrganisation } from '../support/organisation.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { runTriggers } from '../triggers/run-triggers.ts'
import { createPrismaApp } from './prisma-app.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let app: Awaited<ReturnType<typeof createPrismaApp>>
let prisma: PrismaClient
let organisation: Awaited<ReturnType<typeof createOrganisation>>
let path: string

beforeAll(async () => {
  server = await createTestPosthorn()
  receiver = await startReceiver()
  app = await createPrismaApp(server.databaseUrl)
  prisma = app.connect().$extends(posthorn())
  await server.posthorn.dispatcher.start()
})

beforeEach(async () => {
  organisation = await createOrganisation(server, receiver)
  path = (await organisation.subscribe()).path
})

afterAll(async () => {
  await app?.close()
  await server?.close()
  await receiver?.close()
})

interface Webhook {
  type: string
  entityId: string
  userId: string | null
  correlationId: string | null
  data: Record<string, unknown>
}

/** The bodies of as many webhooks as there are to come. */
async function webhooks(count: number): Promise<Webhook[]> {
  const requests = await receiver.waitFor(count, { path })
  return requests.map(({ body }) => JSON.parse(body.toString()) as Webhook)
}

describe('tx.$emit', () => {
  test('reaches the receiver when it is committed, and only then', async () => {
    const { organisationId } = organisation
    const emit = (tx: PrismaClient, entityId: string) =>
      tx.$emit({
        organisationId,
        entityType: 'Issue',
        entityId,
        eventType: 'IssueStatusChanged',
        data: { from: 'open', to: 'closed' },
      })
    const [lost, kept] = [randomUUID(), randomUUID()]
    const failing = prisma.$transaction(async (tx: PrismaClient) => {
      await emit(tx, lost)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const { id } = await prisma.$transaction((tx: PrismaClient) => emit(tx, kept))
    const [webhook] = await webhooks(1)
    expect(webhook).toMatchObject({ id, entityId: kept, data: { from: 'open', to: 'closed' } })
    expect(
      await app.sql`select from posthorn.domain_events where entity_id = ${lost}`,
    ).toHaveLength(0)
  })
})

describe('the model of domain_events', () => {
  test('reads the history of an entity, newest first', async () => {
    const { organisationId } = organisation
    const entityId = randomUUID()
    const event = { organisationId, entityType: 'Issue', entityId }
    await prisma.$transaction((tx: PrismaClient) =>
      tx.$emitMany([
        { ...event, eventType: 'IssueCreated', data: { title: 'Leak' } },
        { ...event, eventType: 'IssueDeleted', data: { title: 'Leak' } },
      ]),
    )
    const feed = await prisma.domainEvent.findMany({
      where: { organisationId, entityId },
      orderBy: { id: 'desc' },
      take: 20,
    })
    expect(feed.map(({ eventType }: { eventType: string }) => eventType)).toEqual([
      'IssueDeleted',
      'IssueCreated',
    ])
    expect(feed[0]).toMatchObject({ data: { title: 'Leak' }, source: 'dashboard', userId: null })
    expect(feed[0].createdAt).toBeInstanceOf(Date)
    const { id } = feed[0]
    const one = await prisma.domainEvent.findUnique({
      where: { organisationId_id: { organisationId, id } },
    })
    expect(one).toMatchObject({ id, entityId })
  })
})

describe('triggers see what Prisma does', () => {
  beforeAll(async () => {
    const env = { DATABASE_URL: server.databaseUrl }
    const issues = '--table issues --entity Issue --status-column status --apply'
    await runTriggers(issues.split(' '), env)
    await runTriggers('--table comments --entity Comment --apply'.split(' '), env)
  })

  const typesOf = (received: Webhook[]) => received.map(({ type }) => type).sort()

  test('nested writes, with who did it', async () => {
    const { organisationId } = organisation
    const [userId, correlationId] = [randomUUID(), randomUUID()]
    await prisma.$transaction(async (tx: PrismaClient) => {
      await tx.$executeRaw`select set_config('posthorn.user_id', ${userId}, true),
        set_config('posthorn.correlation_id', ${correlationId}, true)`
      const comments = {
        create: [
          { organisationId, text: 'a' },
          { organisationId, text: 'b' },
        ],
      }
      await tx.issue.create({ data: { organisationId, title: 'Leak', comments } })
    })
    const received = await webhooks(3)
    expect(typesOf(received)).toEqual(['CommentCreated', 'CommentCreated', 'IssueCreated'])
    for (const webhook of received) expect(webhook).toMatchObject({ userId, correlationId })
  })

  test('createMany, updateMany and deleteMany, row by row', async () => {
    const { organisationId } = organisation
    const data = ['a', 'b', 'c'].map((title) => ({ organisationId, title }))
    await prisma.issue.createMany({ data })
    const where = { organisationId, title: { in: ['a', 'b'] } }
    await prisma.issue.updateMany({ where, data: { status: 'closed' } })
    await prisma.issue.deleteMany({ where: { organisationId, title: 'c' } })
    const received = await webhooks(6)
    expect(typesOf(received)).toEqual([
      ...Array(3).fill('IssueCreated'),
      'IssueDeleted',
      ...Array(2).fill('IssueStatusChanged'),
    ])
    const moved = received.find(({ type }) => type === 'IssueStatusChanged')
    expect(moved?.data).toMatchObject({ organisationId, from: 'open', to: 'closed' })
  })

  test('nothing of what is rolled back', async () => {
    const { organisationId } = organisation
    const failing = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: { organisationId, title: 'lost' } })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await prisma.issue.create({ data: { organisationId, title: 'kept' } })
    expect((await webhooks(1)).map(({ data }) => data['title'])).toEqual(['kept'])
    const rows = await app.sql`
      select from posthorn.domain_events where organisation_id = ${organisationId}`
    expect(rows).toHaveLength(1)
  })
})
