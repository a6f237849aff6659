import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { seed } from './seed.ts'

/** Creates the dashboard's tables, and puts something into them if they are empty. */
export async function prepareDatabase(connectionString: string): Promise<void> {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString }) })
  try {
    // In place of `prisma migrate deploy`, whose engine comes from the network.
    const tables = await readFile(join(import.meta.dirname, 'tables.sql'), 'utf8')
    for (const statement of tables.split(/;\s*$/m)) {
      if (statement.trim() !== '') await prisma.$executeRawUnsafe(statement)
    }
    if ((await prisma.organisation.count()) === 0) await seed(prisma)
  } finally {
    await prisma.$disconnect()
  }
}
