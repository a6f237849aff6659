import { triggersCommand } from '../../server/cli/triggers-command.ts'

/** Runs `posthorn triggers` in this process. @throws what the command throws */
export async function runTriggers(args: readonly string[], env: Record<string, string> = {}) {
  let [out, err] = ['', '']
  const command = triggersCommand({
    env,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isTerminal: false,
    signal: new AbortController().signal,
  })
  command.exitOverride().configureOutput({ outputError: () => undefined })
  await command.parseAsync([...args], { from: 'user' })
  return { out, err }
}
