import { type ParseError, parse } from 'jsonc-parser'

/** Where JSON stops being JSON, counted from 1; undefined while it is valid, or nothing was written yet. */
export function findSyntaxError(text: string): { line: number; column: number } | undefined {
  if (text.trim() === '') return undefined
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true })
  const [error] = errors
  if (!error) return undefined
  const before = text.slice(0, error.offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
