import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { Command, InvalidArgumentError } from 'commander'
import { version } from '../kernel/version.ts'
import { encryptionCommand } from './encryption-command.ts'
import { describeFailure } from './failure.ts'
import { importCommand } from './import-command.ts'
import type { Io } from './io.ts'
import { keysCommand } from './keys-command.ts'
import { listenCommand } from './listen-command.ts'
import { migrateCommand } from './migrate-command.ts'
import { reconcileCommand } from './reconcile-command.ts'
import { startCommand } from './start-command.ts'
import { triggerCommand } from './trigger-command.ts'
import { triggersCommand } from './triggers-command.ts'

const commands: ((io: Io) => Command)[] = [
  startCommand,
  migrateCommand,
  keysCommand,
  encryptionCommand,
  listenCommand,
  triggerCommand,
  triggersCommand,
  importCommand,
  reconcileCommand,
]

/** Everything that `posthorn` can be told. Nothing is read or done before it is parsed. */
export function createProgram(io: Io): Command {
  const env = { ...io.env }
  const program = new Command('posthorn')
    .description('Webhook subscriptions on your own Postgres: events in, signed webhooks out.')
    .version(version, '-V, --version', 'print the version')
    .option('--env-file <path>', 'read variables from this file; those that are set stay', readEnv)
    .option('--debug', 'print the stack of an error')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage or input.')
    .hook('preAction', () => void Object.assign(env, { ...program.opts()['envFile'], ...env }))
  for (const command of commands) program.addCommand(command({ ...io, env }))
  return program
}

/** Runs one command line to its end and answers the exit code: 0 done, 1 failed, 2 wrong usage. Does not throw. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = createProgram(io)
  govern(program, io)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    const { exitCode, out, err } = describeFailure(error, {
      isJson: args.includes('--json'),
      isDebug: args.includes('--debug'),
      isTerminal: io.isTerminal,
    })
    io.out(out)
    io.err(err)
    return exitCode
  }
}

/** Commander inherits these settings only by commands that it makes itself. */
function govern(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: io.out,
    writeErr: io.err,
    // Said once, by `run`.
    outputError: () => undefined,
  })
  for (const child of command.commands) govern(child, io)
}

function readEnv(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read: ${(error as Error).message}.`)
  }
}
