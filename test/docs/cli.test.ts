import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withCommandReference } from '../../.ci/command-reference.ts'
import { createProgram } from '../../server/cli/program.ts'

const page = 'docs/cli.md'
type Command = ReturnType<typeof createProgram>

test("the reference is the program's own help: npm run generate writes it", () => {
  const written = readFileSync(page, 'utf8')
  expect(withCommandReference(written)).toBe(written)
})

/** Command lines of `posthorn` in the shell snippets of a page, each as its words. */
function commandLines(path: string): string[][] {
  const snippets = readFileSync(path, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)
  return [...snippets].flatMap(([, text = '']) =>
    [...text.replaceAll('\\\n', ' ').matchAll(/^(?:npx )?posthorn (.*)$/gm)].map(([, line = '']) =>
      [...line.replace(/ [#>|&].*/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      ),
    ),
  )
}

/** The program with commands that do nothing: what is left is whether a line is understood. */
function understand(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  if (command.commands.length === 0) command.action(() => undefined)
  command.commands.forEach(understand)
  return command
}

test('every command line in the documentation is one that the program understands', async () => {
  const lines = ['README.md', ...globSync('docs/**/*.md')].flatMap(commandLines)
  expect(lines.length).toBeGreaterThan(5)
  for (const words of lines) {
    const program = understand(
      createProgram({
        env: {},
        out: () => undefined,
        err: () => undefined,
        isTerminal: false,
        signal: new AbortController().signal,
      }),
    )
    await program.parseAsync(words, { from: 'user' })
  }
})
