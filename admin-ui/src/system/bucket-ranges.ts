/** `0–15, 20, 32–47`: numbers in ascending order, as people write them. */
export function describeBuckets(buckets: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && bucket === last[1] + 1) last[1] = bucket
    else ranges.push([bucket, bucket])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
