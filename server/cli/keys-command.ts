import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import {
  type ApiKey,
  type ApiKeyInput,
  apiKeyInputSchema,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../access/index.ts'
import type { Context } from '../context.ts'
import { fieldIssues } from '../http/field-issues.ts'
import { scopes } from '../kernel/actor.ts'
import { commonErrors } from '../kernel/errors.ts'
import { isGuid } from '../kernel/ids.ts'
import { commaList } from './comma-list.ts'
import type { Io } from './io.ts'
import { operator } from './operator.ts'
import { table } from './table.ts'
import { withContext } from './with-context.ts'

const pageSize = 250

/** Keys, made, renewed and taken back on the database itself: by the verbs of the API, so that the audit log has them. */
export function keysCommand(io: Io): Command {
  return new Command('keys')
    .description('make, list, rotate and revoke API keys, on the database of DATABASE_URL')
    .addCommand(createCommand(io))
    .addCommand(listCommand(io))
    .addCommand(rotateCommand(io))
    .addCommand(revokeCommand(io))
}

interface CreateOptions {
  name?: string
  scopes?: string[]
  organisation?: string
  platform?: true
  expiresAt?: string
  json?: true
}

function createCommand(io: Io): Command {
  return new Command('create')
    .description('make a key and print it, this once')
    .option('--name <text>', 'what it is for')
    .option('--scopes <list>', `what it may do, of: ${scopes.join(', ')}`, commaList)
    .option('--organisation <id>', 'whose key it is')
    .addOption(
      new Option('--platform', 'make a key of the platform instead').conflicts('organisation'),
    )
    .option('--expires-at <time>', 'when it ends, such as 2027-01-31T00:00:00Z; never by default')
    .option('--json', 'print the key and what is known of it as JSON')
    .action(async (options: CreateOptions, command: Command) => {
      if (!options.name) command.error('What is it for? Use --name <text>.')
      if (!options.scopes) command.error('What may it do? Use --scopes <list>.')
      if (!options.platform && options.organisation === undefined)
        command.error('Whose key is it? Use --organisation <id>, or --platform.')
      const input = await checkInput(options)
      const key = await withContext(io, (ctx) => createApiKey(ctx, operator(), input))
      const whose = key.organisationId ?? 'the platform'
      const text = `${key.apiKey}\n`
      io.out(options.json ? `${JSON.stringify(key)}\n` : text)
      if (!options.json)
        io.err(`Key ${key.id} of ${whose}: ${key.scopes.join(', ')}. It is not shown again.\n`)
    })
}

async function checkInput(options: CreateOptions): Promise<ApiKeyInput> {
  const input = {
    name: options.name,
    scopes: options.scopes,
    organisationId: options.organisation ?? null,
    expiresAt: options.expiresAt ?? null,
  }
  const checked = apiKeyInputSchema.safeParse(input)
  if (checked.success) return checked.data
  throw commonErrors.validation_failed({
    detail: 'Such a key cannot be made.',
    issues: await fieldIssues(apiKeyInputSchema, input),
  })
}

function listCommand(io: Io): Command {
  return new Command('list')
    .description('list keys, newest first, revoked ones among them')
    .option('--organisation <id>', 'of one organisation only', guid)
    .option('--json', 'print them as JSON')
    .action(async ({ organisation, json }: { organisation?: string; json?: true }) => {
      const keys = await withContext(io, (ctx) => allKeys(ctx, organisation))
      io.out(json ? `${JSON.stringify({ data: keys })}\n` : describe(keys))
    })
}

async function allKeys(ctx: Context, organisation = 'platform'): Promise<ApiKey[]> {
  const keys: ApiKey[] = []
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await listApiKeys(ctx, organisation, { limit: pageSize, cursor })
    keys.push(...page.data)
    cursor = page.nextCursor
  }
  return keys
}

function describe(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return 'There are no keys.\n'
  const rows = keys.map((key) => [
    key.id,
    key.prefix,
    key.name,
    key.organisationId ?? 'platform',
    key.scopes.join(','),
    key.lastUsedAt ?? 'never',
    key.revokedAt ? `revoked ${key.revokedAt}` : key.expiresAt ? `until ${key.expiresAt}` : 'valid',
  ])
  return table(['ID', 'PREFIX', 'NAME', 'ORGANISATION', 'SCOPES', 'LAST USED', 'STATE'], rows)
}

function rotateCommand(io: Io): Command {
  return new Command('rotate')
    .description(
      'give a key a new secret and print it, this once; as it was, it stays good for a while',
    )
    .addArgument(new Argument('<id>', 'of the key, as `keys list` shows it').argParser(guid))
    .option('--overlap-hours <n>', 'how long, from 0 to 168', hours, 24)
    .option('--json', 'print the key and what is known of it as JSON')
    .action(async (id: string, options: { overlapHours: number; json?: true }) => {
      const overlap = { overlapSeconds: options.overlapHours * 3600 }
      const key = await withContext(io, (ctx) =>
        rotateApiKey(ctx, operator(), 'platform', id, overlap),
      )
      const until = key.previousSecretExpiresAt
      io.out(options.json ? `${JSON.stringify(key)}\n` : `${key.apiKey}\n`)
      if (!options.json)
        io.err(
          `It is not shown again. As it was, ${until ? `it ends at ${until}` : 'it has ended'}.\n`,
        )
    })
}

function revokeCommand(io: Io): Command {
  return new Command('revoke')
    .description('take a key back for good; holds within two seconds')
    .addArgument(new Argument('<id>', 'of the key, as `keys list` shows it').argParser(guid))
    .option('--json', 'print what was done as JSON')
    .action(async (id: string, { json }: { json?: true }) => {
      await withContext(io, (ctx) => revokeApiKey(ctx, operator(), 'platform', id))
      io.out(json ? `${JSON.stringify({ id, revoked: true })}\n` : `Revoked ${id}.\n`)
    })
}

function hours(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= 168) return value
  throw new InvalidArgumentError('Use a whole number from 0 to 168.')
}

function guid(text: string): string {
  if (!isGuid(text)) throw new InvalidArgumentError('Use a UUID.')
  return text
}
