const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id that was pasted; undefined when it is something else. */
export function idOf(text: string): string | undefined {
  const trimmed = text.trim()
  return uuid.test(trimmed) ? trimmed.toLowerCase() : undefined
}
