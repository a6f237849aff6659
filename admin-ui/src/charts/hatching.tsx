/** Failed areas are hatched: colour alone would not tell them from the others. */
export function Hatching({ id }: { id: string }) {
  const colour = 'var(--ph-chart-bad)'
  return (
    <defs>
      <pattern
        id={id}
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="4" height="4" fill={colour} fillOpacity={0.4} />
        <rect width="2" height="4" fill={colour} />
      </pattern>
    </defs>
  )
}
