/** The millisecond in which a UUIDv7 was made, as bounds of a search; `until` is not included. */
export function momentOfId(id: string): { since: string; until: string } {
  const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return { since: new Date(ms).toISOString(), until: new Date(ms + 1).toISOString() }
}
