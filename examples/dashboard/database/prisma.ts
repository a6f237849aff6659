import { builtInEvents } from '@posthorn/sdk/built-in-events'
import { posthorn } from '@posthorn/sdk/prisma'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../generated/prisma/client.ts'

/** The client of any Prisma application, with `tx.$emit`: typed by the events that the dashboard knows, and checked. */
function connect() {
  const adapter = new PrismaPg({ connectionString: process.env['DATABASE_URL'] })
  return new PrismaClient({ adapter }).$extends(posthorn({ events: builtInEvents }))
}

/** One for the process: see posthorn/posthorn.ts. It connects with its first query. */
const shared = globalThis as { dashboardPrisma?: ReturnType<typeof connect> }
shared.dashboardPrisma ??= connect()

export const prisma = shared.dashboardPrisma
export type Tx = Parameters<Parameters<typeof prisma.$transaction>[0]>[0]
