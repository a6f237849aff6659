const plurals = new Intl.PluralRules('en')
const numbers = new Intl.NumberFormat('en')

/** `1 delivery`, `2,000 deliveries`. */
export function count(value: number, one: string, other: string): string {
  return `${numbers.format(value)} ${plurals.select(value) === 'one' ? one : other}`
}
