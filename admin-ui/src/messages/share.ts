const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** `99.2%`. Never rounded up to all: one failure of a million is not none. */
export function share(value: number): string {
  return percents.format(value < 1 ? Math.min(value, 0.999) : value)
}
