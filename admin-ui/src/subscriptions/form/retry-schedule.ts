const units = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `90s`, `5m`, `2h`, `1d`, or seconds: how long to wait. Undefined when it is none of them. */
export function parseWait(text: string): number | undefined {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|h|d)?(?:ec|in)?$/i.exec(text.trim()) ?? []
  if (amount === undefined) return undefined
  return Math.round(Number(amount) * units[unit.toLowerCase() as keyof typeof units])
}

/** In the largest unit that leaves no fraction. */
export function printWait(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find(
    (name) => seconds >= units[name] && seconds % units[name] === 0,
  )
  return unit === undefined ? `${seconds}s` : `${seconds / units[unit]}${unit}`
}

/** When each attempt is made at the latest, counted from the first, milliseconds. */
export function attemptOffsetsMs(waitsSeconds: readonly number[]): number[] {
  const offsets = [0]
  for (const wait of waitsSeconds) offsets.push((offsets.at(-1) ?? 0) + wait * 1000)
  return offsets
}
