const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map(
  (unit) => new Intl.NumberFormat('en', { style: 'unit', unit, maximumSignificantDigits: 3 }),
)

/** `412 byte`, `2.1 kB`, `5.13 MB`. */
export function describeBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3)
  const index = Math.min(power, units.length - 1)
  return units[index]?.format(bytes / 1000 ** index) ?? ''
}
