import { createScanner } from 'jsonc-parser'

/** Deeper than this is indented no further, or little text would become much. */
const depthMax = 60

/**
 * The same JSON, indented: numbers, doubled keys and their order stay as they were sent. JSON that was cut short is
 * indented as far as it goes; what is no JSON stays. Goes token by token, for a body may have megabytes.
 */
export function prettyJson(text: string): string {
  const scanner = createScanner(text)
  const parts: string[] = []
  let depth = 0
  let afterOpening = false
  let afterValue = false
  const breakLine = () => parts.push(`\n${'  '.repeat(Math.min(Math.max(depth, 0), depthMax))}`)
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset()
    const token = text.slice(start, start + scanner.getTokenLength())
    if (token.trim() === '') continue
    const isValue = token.length > 1 || /\d/.test(token)
    if (!isToken(token) || (isValue && afterValue)) return text
    afterValue = isValue
    const closes = token === '}' || token === ']'
    if (closes) depth--
    // What is empty stays in one line.
    if (closes !== afterOpening) breakLine()
    parts.push(token === ':' ? ': ' : token)
    afterOpening = token === '{' || token === '['
    if (afterOpening) depth++
    if (token === ',') breakLine()
  }
  return parts.join('')
}

function isToken(token: string): boolean {
  return /^([{}[\]:,"]|-?\d|true$|false$|null$)/.test(token)
}
