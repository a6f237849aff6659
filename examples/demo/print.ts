import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const startedAtMs = Date.now()

/** `styleText` leaves the colours out where nobody would see them. */
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout })

/** One line of the story, with the seconds since it began. */
export function say(who: string, text: string, style: Style = 'reset'): void {
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6)
  console.log(
    `${paint('dim', `${seconds} s`)}  ${paint('bold', who.padEnd(10))}  ${paint(style, text)}`,
  )
}

export function heading(text: string): void {
  console.log(`\n${paint(['bold', 'cyan'], text)}`)
}

/** Columns as wide as they must be; numbers to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => String(row[column]).length)),
  )
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
      })
      .join('   ')
  console.log(`\n  ${paint('bold', line(header))}`)
  for (const row of rows) console.log(`  ${line(row)}`)
  console.log()
}
