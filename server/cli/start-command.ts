import { Command, Option } from 'commander'
import { readEnvironment, roles } from '../env.ts'
import type { Io } from './io.ts'
import { runServer } from './run-server.ts'

export function startCommand(io: Io): Command {
  return new Command('start')
    .description('run the server: API, console and dispatcher, until SIGTERM or SIGINT')
    .addOption(
      new Option('--role <role>', 'what this process does (POSTHORN_ROLE, else all)').choices(
        roles,
      ),
    )
    .option('--json', 'print addresses and the first API key as JSON')
    .addHelpText(
      'after',
      '\nWithout DATABASE_URL it runs a PostgreSQL of its own. All else is set by the environment: see the README.',
    )
    .action(async ({ role, json }: { role?: string; json?: boolean }) => {
      await runServer(readEnvironment(io.env, role), io, json === true)
    })
}
