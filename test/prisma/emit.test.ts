import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '@prisma/client/extension'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PrismaEmitError, posthorn } from '../../sdk/src/prisma/index.ts'
import { createTestDatabase } from '../support/database.ts'
import { createPrismaApp } from './prisma-app.ts'

const organisationId = randomUUID()
const events = {
  IssueStatusChanged: { entity: 'Issue', data: z.object({ from: z.string(), to: z.string() }) },
}

let database: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof createPrismaApp>>
let prisma: PrismaClient

beforeAll(async () => {
  database = await createTestDatabase()
  app = await createPrismaApp(database.url)
  prisma = app.connect().$extends(posthorn({ events }))
})

beforeEach(() => app.sql`truncate issues, comments, posthorn.domain_events`)

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const issue = { organisationId, title: 'Leak' }

function statusChanged(more: Record<string, unknown> = {}) {
  return {
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueStatusChanged',
    organisationId,
    data: { from: 'open', to: 'closed' },
    ...more,
  }
}

const invalid = statusChanged({ data: { from: 'open' } })

describe('an event is committed with the change it tells of, or not at all', () => {
  test('committed: both', async () => {
    const emitted = await prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      return tx.$emit(statusChanged())
    })
    expect(await app.counts()).toEqual({ issues: 1, events: 1 })
    expect(await app.sql`select id from posthorn.domain_events`).toEqual([emitted])
  })

  test('many at once, in order', async () => {
    const emitted = await prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      return tx.$emitMany([statusChanged(), statusChanged(), statusChanged()])
    })
    const rows = await app.sql`select id from posthorn.domain_events order by id`
    expect(emitted).toEqual(rows)
    expect(rows).toHaveLength(3)
  })

  test('the callback throws: neither', async () => {
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$emit(statusChanged())
      throw new Error('no')
    })
    await expect(work).rejects.toThrow(/^no$/)
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('the callback throws while an emit runs: its own error, and neither', async () => {
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      void tx.$emit(statusChanged())
      throw new Error('no')
    })
    await expect(work).rejects.toThrow(/^no$/)
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('a transaction that timed out: neither', async () => {
    const work = prisma.$transaction(
      async (tx: PrismaClient) => {
        await tx.issue.create({ data: issue })
        await tx.$emit(statusChanged())
        await tx.$queryRaw`select pg_sleep(0.5)::text`
      },
      { timeout: 200 },
    )
    await expect(work).rejects.toThrow(/P2028|timeout|expired/i)
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })
})

describe('no event is lost to a slip', () => {
  test('a last emit that was not awaited rolls back and says so', async () => {
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      void tx.$emit(statusChanged())
    })
    await expect(work).rejects.toThrow(/\$emit was still running.*await tx\.\$emit/)
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('one amid others that was not awaited is kept or rolls back, with its change', async () => {
    await Promise.allSettled([
      prisma.$transaction(async (tx: PrismaClient) => {
        void tx.$emit(statusChanged())
        await tx.issue.create({ data: issue })
      }),
    ])
    const counts = await app.counts()
    expect(counts?.events).toBe(counts?.issues)
  })

  test.each([
    ['that the catalogue refuses', invalid],
    ['that Postgres refuses', statusChanged({ id: '00000000-0000-7000-8000-000000000000' })],
  ])('an error %s rolls back although it was caught', async (_why, event) => {
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$emit(event).catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({
      name: 'PrismaEmitError',
      reason: 'emit_failed',
      cause: expect.any(Error),
    })
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('nor does one that failed unawaited, and no rejection is left unhandled', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      void tx.$emit(invalid)
    })
    await expect(work).rejects.toMatchObject({ reason: 'emit_failed' })
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('a failed statement that the callback swallowed fails the emit after it', async () => {
    const swallow = async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$executeRaw`select 1 / 0`.catch(() => undefined)
    }
    const after = prisma.$transaction(async (tx: PrismaClient) => {
      await swallow(tx)
      await tx.$emit(statusChanged()).catch(() => undefined)
    })
    await expect(after).rejects.toMatchObject({ reason: 'emit_failed' })
    // The trap of Prisma's that the documentation names: it resolves, and has kept neither change nor event.
    await prisma.$transaction(async (tx: PrismaClient) => {
      await tx.$emit(statusChanged())
      await swallow(tx)
    })
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('an error that leaves the callback leaves $transaction as it was', async () => {
    const work = prisma.$transaction((tx: PrismaClient) => tx.$emit(invalid))
    await expect(work).rejects.not.toBeInstanceOf(PrismaEmitError)
  })

  test('$emit on a client throws at once, in a transaction too', async () => {
    const fix = /outside of an interactive transaction.*\$transaction\(async \(tx\)/
    expect(() => prisma.$emit(statusChanged())).toThrow(fix)
    expect(() => prisma.$emitMany([statusChanged()])).toThrow(fix)
    const work = prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await prisma.$emit(statusChanged())
    })
    await expect(work).rejects.toThrow(fix)
    expect(await app.counts()).toEqual({ issues: 0, events: 0 })
  })

  test('there is no form for $transaction([…]), which works as ever without', async () => {
    const batch = () =>
      prisma.$transaction([prisma.issue.create({ data: issue }), prisma.$emit(statusChanged())])
    expect(batch).toThrow(/no form for `\$transaction\(\[…\]\)`/)
    await prisma.$transaction([prisma.issue.create({ data: issue })])
    expect(await app.counts()).toEqual({ issues: 1, events: 0 })
  })

  test('$emit after the end throws', async () => {
    const kept = await prisma.$transaction(async (tx: PrismaClient) => ({ tx }))
    expect(() => kept.tx.$emit(statusChanged())).toThrow(/has ended/)
  })

  test('a method without its client throws', async () => {
    const work = prisma.$transaction(async ({ $emit }: PrismaClient) => $emit(statusChanged()))
    await expect(work).rejects.toThrow(/outside of an interactive transaction/)
  })
})

describe('it is the same connection', () => {
  test('a pool of one is enough, and each emit is one statement', async () => {
    const statements: string[] = []
    const client = app.connect(1, { log: [{ emit: 'event', level: 'query' }] })
    client.$on('query', ({ query }: { query: string }) => statements.push(query))
    const single = client.$extends(posthorn({ events }))
    await single.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$emit(statusChanged())
      await tx.$emitMany([statusChanged(), statusChanged()])
    })
    expect(await app.counts()).toEqual({ issues: 1, events: 3 })
    const inserts = statements.filter((statement) => statement.includes('domain_events'))
    expect(inserts).toHaveLength(2)
    expect(
      statements.filter((statement) => /^(insert|select|update)/i.test(statement)),
    ).toHaveLength(3)
  })

  test('options are those of Prisma', async () => {
    const level = await prisma.$transaction(
      async (tx: PrismaClient) => {
        await tx.$emit(statusChanged())
        const [row] = await tx.$queryRaw`select current_setting('transaction_isolation') as level`
        return row.level
      },
      { isolationLevel: 'Serializable', timeout: 10_000, maxWait: 10_000 },
    )
    expect(level).toBe('serializable')
  })

  test('transactions side by side are judged each by its own emits', async () => {
    const run = (event: object) =>
      prisma.$transaction(async (tx: PrismaClient) => {
        await tx.issue.create({ data: issue })
        await tx.$emit(event).catch(() => undefined)
      })
    const runs = await Promise.allSettled([
      run(statusChanged()),
      run(invalid),
      run(statusChanged()),
    ])
    expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await app.counts()).toEqual({ issues: 2, events: 2 })
  })

  test('a nested transaction that is rolled back takes its own events only', async () => {
    await prisma.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$emit(statusChanged())
      const nested = tx.$transaction(async (inner: PrismaClient) => {
        await inner.issue.create({ data: issue })
        void inner.$emit(statusChanged())
      })
      await expect(nested).rejects.toMatchObject({ reason: 'not_awaited' })
      await tx.$transaction((inner: PrismaClient) => inner.$emit(statusChanged()))
    })
    expect(await app.counts()).toEqual({ issues: 1, events: 2 })
  })
})

describe('with other extensions', () => {
  test('one that comes after sees $emit, and methods of models may use it', async () => {
    const extended = prisma.$extends({
      client: { $close: (tx: PrismaClient) => tx.$emit(statusChanged()) },
      model: {
        issue: {
          async report(this: PrismaClient, title: string) {
            const created = await this.create({ data: { organisationId, title } })
            await this.$parent.$emit(statusChanged({ entityId: created.id }))
          },
        },
      },
    })
    await extended.$transaction(async (tx: PrismaClient) => {
      await tx.issue.report('Leak')
      await tx.$close(tx)
    })
    expect(await app.counts()).toEqual({ issues: 1, events: 2 })
    await expect(extended.issue.report('Leak')).rejects.toThrow(/outside of an interactive/)
    const swallowed = extended.$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      void tx.$parent.$emit(statusChanged())
    })
    await expect(swallowed).rejects.toMatchObject({ reason: 'not_awaited' })
  })

  test('one that came before keeps working', async () => {
    const seen: string[] = []
    const logged = app.connect().$extends({
      query: {
        $allModels: {
          async $allOperations({ operation, args, query }: PrismaClient) {
            seen.push(operation)
            return query(args)
          },
        },
      },
    })
    await logged.$extends(posthorn({ events })).$transaction(async (tx: PrismaClient) => {
      await tx.issue.create({ data: issue })
      await tx.$emit(statusChanged())
    })
    expect(seen).toEqual(['create'])
  })

  test('two clients with one extension, and one client with two, keep apart', async () => {
    const extension = posthorn({ events, source: 'one' })
    const [first, second] = [app.connect().$extends(extension), app.connect().$extends(extension)]
    const twice = first.$extends(posthorn({ events, source: 'two' }))
    await first.$transaction((tx: PrismaClient) => tx.$emit(statusChanged()))
    await twice.$transaction((tx: PrismaClient) => tx.$emit(statusChanged()))
    await first.$transaction(async (tx: PrismaClient) => {
      await tx.$emit(statusChanged())
      await second.$transaction((other: PrismaClient) => other.$emit(statusChanged()))
      expect(() => second.$emit(statusChanged())).toThrow(PrismaEmitError)
    })
    const rows = await app.sql`
      select source, count(*)::int from posthorn.domain_events group by 1 order by 1`
    expect(rows).toEqual([
      { source: 'one', count: 3 },
      { source: 'two', count: 1 },
    ])
  })
})
