/** For options that take several values: `a,b`, or the option again. */
export function commaList(text: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ]
}
