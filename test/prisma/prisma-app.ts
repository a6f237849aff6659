import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PrismaClient } from '@prisma/client/extension'
import postgres from 'postgres'

/** The tables of schema.prisma, as the application's own migrations would make them. */
const tables = `
  create table issues (
    id uuid primary key default gen_random_uuid(), organisation_id uuid not null,
    title text not null, status text not null default 'open');
  create table comments (
    id uuid primary key default gen_random_uuid(), organisation_id uuid not null,
    issue_id uuid not null references issues, text text not null)`

/**
 * A folder with the client that Prisma generates of a schema; in the repository, where it finds its packages, and where git
 * ignores it.
 */
export function generateClient(given: { schema?: string; folder?: string } = {}): {
  folder: string
  remove: () => void
} {
  mkdirSync('.posthorn', { recursive: true })
  const folder = given.folder ?? resolve(mkdtempSync('.posthorn/prisma-'))
  const file = join(folder, 'schema.prisma')
  writeFileSync(file, given.schema ?? readFileSync('test/prisma/schema.prisma', 'utf8'))
  execFileSync('node_modules/.bin/prisma', ['generate', '--schema', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Generating needs no engine, but the command looks for one and would download it.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What the compiler says of programs beside a generated client; nothing, when all is well. */
export function compile(folder: string, programs: readonly string[]): string {
  const config = { extends: '../../tsconfig.json', include: programs, exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const args = ['-p', folder]
  return spawnSync('node_modules/.bin/tsc', args, { encoding: 'utf8' }).stdout
}

/** An application that uses Prisma on the database of a test. Its types are those of `PrismaClient` before generating: any. */
export async function createPrismaApp(databaseUrl: string) {
  const sql = postgres(databaseUrl, { max: 2, fetch_types: false, onnotice: () => undefined })
  await sql.unsafe(tables)
  const client = generateClient()
  const module = (await import(pathToFileURL(join(client.folder, 'client/client.ts')).href)) as {
    PrismaClient: new (options: object) => PrismaClient
  }
  const opened: PrismaClient[] = []

  return {
    sql,
    /** A client without extensions. */
    connect(connectionsMax = 5, options: object = {}): PrismaClient {
      const adapter = new PrismaPg({ connectionString: databaseUrl, max: connectionsMax })
      const prisma = new module.PrismaClient({ ...options, adapter })
      opened.push(prisma)
      return prisma
    },
    /** How many issues and events there are. */
    async counts() {
      const [row] = await sql<{ issues: number; events: number }[]>`
        select (select count(*)::int from issues) as issues,
          (select count(*)::int from posthorn.domain_events where event_type not like 'Subscription%') as events`
      return row
    },
    async close() {
      await Promise.all(opened.map((prisma) => prisma.$disconnect()))
      await sql.end({ timeout: 5 })
      client.remove()
    },
  }
}
