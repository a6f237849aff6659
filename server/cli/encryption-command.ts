import { Command, CommanderError } from 'commander'
import type { Context } from '../context.ts'
import { systemClock } from '../kernel/clock.ts'
import { missingKeys, newEncryptionKey } from '../kernel/encryption-keys.ts'
import { commonErrors } from '../kernel/errors.ts'
import { type KeyUse, type Resealed, readKeyUse, resealSecrets } from '../subscriptions/index.ts'
import type { Io } from './io.ts'
import { operator } from './operator.ts'
import { table } from './table.ts'
import { withContext } from './with-context.ts'

/** The keys that secrets are encrypted with in the database. */
export function encryptionCommand(io: Io): Command {
  return new Command('encryption')
    .description('encrypt the secrets in the database of DATABASE_URL, and change the key')
    .addCommand(newKeyCommand(io))
    .addCommand(statusCommand(io))
    .addCommand(rotateCommand(io))
}

function newKeyCommand(io: Io): Command {
  return new Command('new-key')
    .description('make a key for POSTHORN_ENCRYPTION_KEYS and print it; nothing else is done')
    .action(() => io.out(`${newEncryptionKey(systemClock.now())}\n`))
}

function statusCommand(io: Io): Command {
  return new Command('status')
    .description('say how many secrets are encrypted with which key')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { json?: true }) => {
      await withContext(io, async (ctx) => {
        const { currentId } = ctx.config.keyring
        const keys = (await readKeyUse(ctx)).map((use) => ({ ...use, state: stateOf(ctx, use) }))
        const rows = keys.map(({ keyId, secrets, state }) => [
          keyId ?? '(none)',
          `${secrets}`,
          state,
        ])
        const text = rows.length > 0 ? table(['KEY', 'SECRETS', 'STATE'], rows) : 'No secrets.\n'
        io.out(json ? `${JSON.stringify({ currentKeyId: currentId, keys })}\n` : text)
      })
    })
}

function stateOf({ config: { keyring } }: Context, { keyId }: KeyUse): string {
  if (keyId === null) return 'not encrypted'
  if (keyId === keyring.currentId) return 'current'
  return keyring.has(keyId) ? 'to be rotated' : 'missing'
}

function rotateCommand(io: Io): Command {
  return new Command('rotate')
    .description('encrypt with the current key what is not; safe while servers run, and to repeat')
    .option('--json', 'print what was done as JSON')
    .action(async ({ json }: { json?: true }) => {
      const result = await withContext(io, async (ctx) => {
        if (ctx.config.keyring.currentId === null)
          throw commonErrors.validation_failed({ issues: [missingKeys] })
        return resealSecrets(ctx, operator())
      })
      io.out(json ? `${JSON.stringify(result)}\n` : describe(result))
      if (result.unreadable.length > 0) throw new CommanderError(1, 'posthorn.unreadable', '')
    })
}

function describe({ resealed, unreadable }: Resealed): string {
  const lines = unreadable.map(({ id, reason }) => `${id}: ${reason}\n`)
  return `Encrypted the secrets of ${resealed} subscriptions with the current key.\n${lines.join('')}`
}
