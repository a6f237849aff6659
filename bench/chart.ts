export interface Bar {
  label: string
  value: number
  /** Ours: drawn in colour. */
  ours?: boolean
}

export interface BarChart {
  title: string
  unit: string
  bars: readonly Bar[]
}

const width = 760
const labelWidth = 250
const valueWidth = 120
const barHeight = 22
const rowHeight = 34
const top = 52

/** Horizontal bars from zero, each with its value: an SVG that is readable on light and on dark. */
export function barChart({ title, unit, bars }: BarChart): string {
  const height = top + bars.length * rowHeight + 12
  const most = Math.max(...bars.map(({ value }) => value), 1e-9)
  const rows = bars.map(({ label, value, ours }, index) => {
    const y = top + index * rowHeight
    const length = Math.max(1, (value / most) * (width - labelWidth - valueWidth))
    const middle = y + barHeight / 2 + 5
    return [
      `<text class="label" x="${labelWidth - 10}" y="${middle}" text-anchor="end">${escapeXml(label)}</text>`,
      `<rect class="${ours ? 'ours' : 'theirs'}" x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3"/>`,
      `<text class="value" x="${(labelWidth + length + 8).toFixed(1)}" y="${middle}">${value.toLocaleString('en-GB')}</text>`,
    ].join('\n  ')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
  <style>
    text { font: 14px system-ui, sans-serif; fill: #24292f }
    .title { font-weight: 600; font-size: 16px }
    .unit { fill: #57606a }
    .ours { fill: #0b6bcb }
    .theirs { fill: #9aa4af }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .unit { fill: #9198a1 }
      .ours { fill: #58a6ff }
      .theirs { fill: #656c76 }
    }
  </style>
  <text class="title" x="12" y="24">${escapeXml(title)}</text>
  <text class="unit" x="12" y="42">${escapeXml(unit)}</text>
  ${rows.join('\n  ')}
</svg>
`
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
