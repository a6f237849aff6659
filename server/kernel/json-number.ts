/** Digits a number may be written with: the longest that is still plausibly a number, not an attack. */
export const numberDigitsMax = 1_000

/** Larger exponents make Postgres write out (or refuse) thousands of digits for a few bytes. */
const exponentMax = 1_000

/** An opaque value that `JSON.stringify` prints as the text it was made from. */
export interface RawJson {
  readonly rawJSON: string
}

// Not in TypeScript's library yet: https://tc39.es/proposal-json-parse-with-source/
const json = JSON as unknown as {
  rawJSON(text: string): RawJson
  isRawJSON(value: unknown): value is RawJson
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}

export function isRawJson(value: unknown): value is RawJson {
  return json.isRawJSON(value)
}

/** `JSON.parse` with the numbers that a double would change, or that are unsupported, kept as text. */
export function parseWithExactNumbers(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && needsItsText(source)
      ? json.rawJSON(source)
      : value,
  )
}

function needsItsText(token: string): boolean {
  return isLossyNumber(token) || isUnsupportedNumber(token)
}

/** Whether `JSON.stringify(JSON.parse(token))` would be another number, `-0` included. */
export function isLossyNumber(token: string): boolean {
  const value = Number(token)
  if (!Number.isFinite(value) || Object.is(value, -0)) return true
  // So long a token is a double only by accident, and comparing it would cost more than keeping it.
  if (token.length > numberDigitsMax + 10) return true
  return canonical(token) !== canonical(String(value))
}

/** Whether a number is too large, too small or too long for Postgres and most receivers to carry. */
export function isUnsupportedNumber(token: string): boolean {
  const { digits, exponent } = parts(token)
  if (digits.length > numberDigitsMax || Math.abs(exponent) > exponentMax) return true
  const value = Number(token)
  return !Number.isFinite(value) || (value === 0 && /[1-9]/.test(digits))
}

function parts(token: string): { digits: string; fraction: number; exponent: number } {
  const [mantissa = '', exponent = '0'] = token.replace(/^-/, '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { digits: whole + fraction, fraction: fraction.length, exponent: Number(exponent) }
}

/** The same text for the same magnitude: significant digits and the power of ten they stand at. */
function canonical(token: string): string {
  const { digits, fraction, exponent } = parts(token)
  let start = 0
  let end = digits.length
  while (start < end && digits[start] === '0') start++
  while (end > start && digits[end - 1] === '0') end--
  if (start === end) return '0'
  return `${digits.slice(start, end)}e${exponent - fraction + (digits.length - end)}`
}
