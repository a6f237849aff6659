/** What all plots have in common. */
const tick = { fontSize: 11, fill: 'currentColor' }

export const margin = { top: 8, right: 4, bottom: 0, left: 0 }

export const grid = {
  vertical: false,
  stroke: 'var(--mantine-color-default-border)',
  strokeDasharray: '3 3',
}

export const axisX = {
  tick,
  tickLine: false,
  axisLine: { stroke: 'var(--mantine-color-default-border)' },
  interval: 'equidistantPreserveStart',
  minTickGap: 24,
} as const

export const axisY = { tick, tickLine: false, axisLine: false, width: 'auto' } as const

/** The range that is being drawn. */
export const selection = {
  fill: 'var(--mantine-primary-color-filled)',
  fillOpacity: 0.2,
  ifOverflow: 'hidden',
} as const
