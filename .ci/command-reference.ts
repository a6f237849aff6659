// What `posthorn help` says of each command, for docs/cli.md.
import type { Io } from '../server/cli/io.ts'
import { createProgram } from '../server/cli/program.ts'

type Command = ReturnType<typeof createProgram>

const heading = '## Reference\n'
const columns = 100

/** The page with the program's own help below the heading of the reference. */
export function withCommandReference(page: string): string {
  const written = page.slice(0, page.indexOf(heading) + heading.length)
  const sections = commandsOf(createProgram(inert)).map(
    ({ name, command }) => `\n### ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`,
  )
  return `${written}\n<!-- Written by npm run generate. -->\n${sections.join('')}`
}

const inert: Io = {
  env: {},
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  signal: new AbortController().signal,
}

/** The program and every command in it that does something, by the words that call them. */
function commandsOf(command: Command, before = ''): { name: string; command: Command }[] {
  const name = `${before}${command.name()}`
  const children = command.commands.flatMap((child) => commandsOf(child, `${name} `))
  const isGroup = before !== '' && children.length > 0
  return isGroup ? children : [{ name, command }, ...children]
}

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
    getOutHelpWidth: () => columns,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return text.trimEnd()
}
