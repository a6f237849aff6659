import type { RecordedRequest } from './recorded-request.ts'

/**
 * A command for any POSIX shell that sends the same bytes. The body is in a here-document, so nothing in it needs
 * escaping; `head` takes off the line break that a here-document ends with.
 */
export function asCurl({ url, headers, body }: RecordedRequest): string {
  const bytes = new TextEncoder().encode(body).length
  const word = absentWord(body)
  const command = [
    `head -c ${bytes} <<'${word}' | curl --globoff ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quote(header(name, value))}`),
    '--data-binary @-',
  ]
  return `${command.join(' \\\n  ')}\n${body}\n${word}\n`
}

/** curl takes a header without a value for one to leave out, unless it ends so. */
function header(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function absentWord(body: string): string {
  let word = 'BODY'
  for (let count = 2; body.includes(word); count++) word = `BODY_${count}`
  return word
}
