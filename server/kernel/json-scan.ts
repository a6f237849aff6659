import { isLossyNumber, isUnsupportedNumber } from './json-number.ts'

const quote = 0x22
const comma = 0x2c
const minus = 0x2d
const digitNine = 0x39
const colon = 0x3a
const backslash = 0x5c
const space = 0x20
const zero = 0x30

const numberToken = /-?[\d.]+(?:[eE][+-]?\d+)?/y

/** What a linear look at JSON text tells, before or without parsing it. */
export interface JsonScan {
  /** Offset of the bracket that opens one level too many, or -1. */
  tooDeepAt: number
  /** Whether a number would not survive `JSON.stringify(JSON.parse(text))`. */
  hasLossyNumber: boolean
  /** Whether a number lies outside what Posthorn stores and receivers read. */
  hasUnsupportedNumber: boolean
}

/**
 * Looks at brackets and numbers outside strings. The text need not be valid JSON; of invalid text
 * the answer says nothing, for `JSON.parse` refuses it. Hot: strings are skipped by `indexOf`, and
 * only numbers of 16 characters and more, with an exponent, or `-0` are looked at closely, because
 * a double carries every decimal of 15 digits.
 */
export function scanJson(text: string, depthMax: number): JsonScan {
  const scan: JsonScan = { tooDeepAt: -1, hasLossyNumber: false, hasUnsupportedNumber: false }
  const end = text.length
  let depth = 0
  let at = 0
  while (at < end) {
    const code = text.charCodeAt(at++)
    if (code === comma || code === colon || code === space) continue
    if (code === quote) {
      at = endOfString(text, at)
    } else if (code <= digitNine) {
      if (code < minus) continue
      const start = at - 1
      let next = 0
      // biome-ignore lint/suspicious/noAssignInExpressions: the innermost loop of every request body.
      while (at < end && (next = text.charCodeAt(at)) <= digitNine && next >= minus) at++
      // `| 0x20` folds E and e, and below [ and {, ] and }.
      const hasExponent = (next | 0x20) === 0x65
      const isMinusZero = code === minus && text.charCodeAt(start + 1) === zero
      if (hasExponent || isMinusZero || at - start > 15) lookAtNumber(text, start, scan)
    } else if ((code | 0x20) === 0x7b) {
      if (++depth > depthMax) return { ...scan, tooDeepAt: at - 1 }
    } else if ((code | 0x20) === 0x7d) {
      depth--
    }
  }
  return scan
}

/** The offset behind the closing quote; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  let at = start
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0) return text.length
    let before = close - 1
    while (text.charCodeAt(before) === backslash) before--
    if ((close - before) % 2 === 1) return close + 1
    at = close + 1
  }
}

function lookAtNumber(text: string, start: number, scan: JsonScan): void {
  numberToken.lastIndex = start
  const token = numberToken.exec(text)?.[0]
  if (token === undefined) return
  if (isUnsupportedNumber(token)) scan.hasUnsupportedNumber = true
  else if (!scan.hasLossyNumber && isLossyNumber(token)) scan.hasLossyNumber = true
}
