import { hexDump } from '../code/hex-dump.ts'
import { prettyJson } from '../code/pretty-json.ts'

export interface ReadBody {
  /** As it is, or its bytes. */
  text: string
  /** Indented; undefined when it is no JSON. */
  pretty: string | undefined
  bytes: number
}

export function readBody(body: string, encoding: 'utf8' | 'base64'): ReadBody {
  if (encoding === 'base64') {
    const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
    return { text: hexDump(bytes), pretty: undefined, bytes: bytes.length }
  }
  // By what it is rather than by its content type: many answer JSON as text/html.
  const isJson = /^\s*[{[]/.test(body)
  return {
    text: body,
    pretty: isJson ? prettyJson(body) : undefined,
    bytes: new TextEncoder().encode(body).length,
  }
}
