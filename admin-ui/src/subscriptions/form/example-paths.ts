/** The places in examples that a condition can be about. */
export function pathsOf(examples: readonly unknown[]): string[] {
  const paths = new Set<string>()
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      if (path !== '') paths.add(path)
      return
    }
    for (const [name, member] of Object.entries(value)) {
      // A name with a dot can only be said in JSON.
      if (name !== '' && !name.includes('.')) visit(member, path === '' ? name : `${path}.${name}`)
    }
  }
  for (const example of examples) visit(example, '')
  return [...paths].sort()
}
