const numbers = new Intl.NumberFormat('en')

/** `1,318` */
export function number(value: number): string {
  return numbers.format(value)
}
