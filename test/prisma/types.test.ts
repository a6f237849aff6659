import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile, generateClient } from './prisma-app.ts'

let client: ReturnType<typeof generateClient>

beforeAll(() => {
  client = generateClient()
})

afterAll(() => client?.remove())

function check(program: string): string {
  writeFileSync(join(client.folder, 'program.ts'), program)
  return compile(client.folder, ['program.ts'])
}

const before = `
import { PrismaPg } from '@prisma/adapter-pg'
import { posthorn } from '@posthorn/sdk/prisma'
import { z } from 'zod'
import { PrismaClient } from './client/client.ts'

const base = new PrismaClient({ adapter: new PrismaPg({ connectionString: '' }) })
const event = {
  entityType: 'Issue',
  entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
  eventType: 'IssueStatusChanged',
} as const
const data = { from: 'open', to: 'closed' }
const events = {
  IssueStatusChanged: { entity: 'Issue', data: z.object({ from: z.string(), to: z.string() }) },
  TenantMovedIn: { entity: 'Tenant', data: z.object({ at: z.string() }) },
} as const
const prisma = base.$extends(posthorn({ events }))
export type Tx = Parameters<Parameters<typeof prisma.$transaction>[0]>[0]
`

test('tx knows the catalogue, and everything it knew before', () => {
  const program = `${before}
    async function close(tx: Tx, id: string): Promise<{ id: string }> {
      await tx.issue.update({ where: { id }, data: { status: 'closed' } })
      return tx.$emit({ ...event, entityId: id, data })
    }
    export const emitted: Promise<{ id: string }[]> = prisma.$transaction(
      async (tx) => {
        const first = await close(tx, 'a')
        await tx.$transaction((nested) => nested.$emit({ ...event, data }))
        const [issue] = await tx.issue.findMany({ select: { title: true } })
        issue?.title satisfies string | undefined
        // @ts-expect-error a transaction client does not disconnect
        tx.$disconnect
        // @ts-expect-error not selected
        issue?.status
        return [first, ...(await tx.$emitMany([{ ...event, data }]))]
      },
      { isolationLevel: 'Serializable', timeout: 1000, maxWait: 1000 },
    )
    const more = prisma.$extends({ client: { $hello: () => 'hello' } })
    void more.$transaction(async (tx) => {
      await tx.$emit({ ...event, data: { from: tx.$hello(), to: 'closed' } })
    })
    type Ours = { LeaseSigned: { entityType: 'Lease'; data: { on: string } } }
    void base.$extends(posthorn<Ours>({ organisationId: 'a' })).$transaction((tx) =>
      tx.$emit({ entityType: 'Lease', entityId: 'a', eventType: 'LeaseSigned', data: { on: 'today' } }),
    )
    void base.$extends(posthorn()).$transaction((tx) =>
      tx.$emit({ entityType: 'Lease', entityId: 'a', eventType: 'LeaseSigned', data: { any: 'thing' } }),
    )`
  expect(check(program)).toBe('')
})

test('tx takes nothing that the catalogue does not know', () => {
  const program = `${before}
    export const wrong = prisma.$transaction(async (tx) => {
      // @ts-expect-error \`to\` is missing
      await tx.$emit({ ...event, data: { from: 'open' } })
      // @ts-expect-error of another entity type
      await tx.$emit({ ...event, entityType: 'Tenant', data })
      // @ts-expect-error not in the catalogue
      await tx.$emit({ ...event, eventType: 'IssueExploded', data })
      // @ts-expect-error each of many is checked
      await tx.$emitMany([{ ...event, data }, { ...event, data: {} }])
      // @ts-expect-error no isolation level
    }, { isolationLevel: 'Loose' })
    // @ts-expect-error without the extension there is none
    void base.$transaction((tx) => tx.$emit({ ...event, data }))`
  expect(check(program)).toBe('')
})
