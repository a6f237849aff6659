// Writes what is not in the repository: Prisma's client and the types of Next.js.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

function run(program: string, args: string[], env: Record<string, string> = {}): void {
  execFileSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
}

// `prisma generate` would download an engine that it does not use; it is content with any file.
run('prisma', ['generate', '--schema', 'prisma/schema.prisma', '--no-hints'], {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
})
run('next', ['typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
