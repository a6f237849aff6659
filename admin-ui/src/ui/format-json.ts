/**
 * Lays JSON out by adding white space only: unlike parsing and printing, that keeps long numbers,
 * duplicate keys and escapes as they were sent. Text that is not JSON stays as it is.
 */
export function formatJson(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? []
  let depth = 0
  let result = ''
  tokens.forEach((token, at) => {
    const closes = token === ']' || token === '}'
    const opens = token === '[' || token === '{'
    const before = tokens[at - 1]
    if (closes) {
      depth -= 1
      if (before !== '[' && before !== '{') result += lineBreak(depth)
    } else if (before === '[' || before === '{') result += lineBreak(depth)
    result += token
    if (opens) depth += 1
    if (token === ',') result += lineBreak(depth)
    if (token === ':') result += ' '
  })
  return result
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`
}
