import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PrismaTransaction } from '../../sdk/src/emit/run-statement.ts'

type Transaction = PrismaTransaction & {
  notes: { create(args: { data: { text: string } }): Promise<unknown> }
}

/** What these tests use of a generated client; the client is made while they run, so the compiler cannot know it. */
export interface TestPrisma extends PrismaTransaction {
  $transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  $disconnect(): Promise<void>
}

const schema = `
generator client {
  provider = "prisma-client"
  output   = "client"
  importFileExtension = "ts"
}
datasource db {
  provider = "postgresql"
}
model notes {
  id   Int    @id @default(autoincrement())
  text String
}
`

let generated: Promise<GeneratedClient> | undefined

interface GeneratedClient {
  PrismaClient: new (options: { adapter: PrismaPg }) => TestPrisma
}

/** A client as Prisma's own command generates it, for a database that has a table for notes. */
export async function openPrisma(url: string): Promise<TestPrisma> {
  generated ??= generate()
  const { PrismaClient } = await generated
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
}

async function generate(): Promise<GeneratedClient> {
  // Inside the repository, where the client finds its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  const folder = mkdtempSync('.posthorn/prisma-')
  try {
    writeFileSync(join(folder, 'schema.prisma'), schema)
    execFileSync('prisma', ['generate', '--schema', join(folder, 'schema.prisma')], {
      // Generating needs no engine, but would download it unless it is said to be there.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
      stdio: 'pipe',
    })
    return await import(pathToFileURL(resolve(folder, 'client/client.ts')).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
