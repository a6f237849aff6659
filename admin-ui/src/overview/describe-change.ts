import { number } from '../messages/number.ts'

/** How a figure differs from that of the range before. */
export interface Change {
  direction: 'up' | 'down' | 'same'
  text: string
}

/** `+4%`; undefined when there is nothing to compare with. */
export function relativeChange(now: number, before: number | undefined): Change | undefined {
  if (before === undefined || before === 0) return undefined
  const percent = Math.round(((now - before) / before) * 100)
  // Beyond that a percentage says less than a factor.
  if (percent >= 1000) return { direction: 'up', text: `×${number(Math.round(now / before))}` }
  return toChange(percent, `${number(Math.abs(percent))}%`)
}

/** Shares differ by points: `−0.3 pt`. */
export function pointChange(now: number | null, before: number | null): Change | undefined {
  if (now === null || before === null) return undefined
  const tenths = Math.round((now - before) * 1000)
  return toChange(tenths, `${number(Math.abs(tenths) / 10)} pt`)
}

export function absoluteChange(
  now: number | null,
  before: number | null,
  format: (value: number) => string,
): Change | undefined {
  if (now === null || before === null) return undefined
  return toChange(now - before, format(Math.abs(now - before)))
}

function toChange(difference: number, size: string): Change {
  if (difference === 0) return { direction: 'same', text: '±0' }
  return difference > 0
    ? { direction: 'up', text: `+${size}` }
    : { direction: 'down', text: `−${size}` }
}
