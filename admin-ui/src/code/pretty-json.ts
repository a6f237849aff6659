import { applyEdits, format } from 'jsonc-parser'

/** The same JSON, indented: numbers, doubled keys and their order stay as they were sent. What is no JSON stays. */
export function prettyJson(text: string): string {
  const edits = format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' })
  return applyEdits(text, edits)
}
