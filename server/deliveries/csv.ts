/** What a spreadsheet takes for the beginning of a formula; the wide ones where people write Chinese or Japanese. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/
const needsQuotes = /[",\r\n]|^\s|\s$/

/** A record of RFC 4180 with its line end. A text that a spreadsheet would run as a formula gets a leading `'`. */
export function csvRecord(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(cell).join(',')}\r\n`
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
