import { commonErrors } from '../kernel/errors.ts'
import { headerMask } from '../kernel/mask-headers.ts'

type Headers = Record<string, string>

/**
 * Headers as they are to be stored: where a caller sends back the mask that it was shown, the value stays as it is.
 * @throws validation_failed where there is no such value
 */
export function keepMasked(current: unknown, given: Headers): Headers {
  const stored = new Map(Object.entries(current as Headers))
  const issues = Object.entries(given)
    .filter(([name, value]) => value === headerMask && !stored.has(name))
    .map(([name]) => ({
      field: `headers.${name}`,
      message: `is "${headerMask}", which stands for a value that is kept, and there is none`,
      fix: 'Send the value itself.',
    }))
  if (issues.length > 0) throw commonErrors.validation_failed({ issues })
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value === headerMask ? (stored.get(name) ?? value) : value,
    ]),
  )
}
