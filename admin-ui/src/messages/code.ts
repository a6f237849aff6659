export const code = {
  find: 'Find',
  findIn: (what: string) => `Find in: ${what}`,
  wrap: 'Break long lines',
  syntaxError: (line: number, column: number) =>
    `This is no valid JSON: see line ${line}, column ${column}.`,
}
