import { Group, Text } from '@mantine/core'
import type { Series } from './chart-data.ts'
import classes from './time-chart.module.css'

type Shown = Pick<Series<never>, 'label' | 'look' | 'dashed'>
type Kind = 'bars' | 'lines'

export function Legend({ series, kind }: { series: readonly Shown[]; kind: Kind }) {
  return (
    <Group gap="md">
      {series.map((one) => (
        <Group key={one.label} gap={6} wrap="nowrap">
          <Swatch series={one} kind={kind} />
          <Text size="xs" c="dimmed">
            {one.label}
          </Text>
        </Group>
      ))}
    </Group>
  )
}

export function Swatch({ series: { look, dashed }, kind }: { series: Shown; kind: Kind }) {
  return (
    <span
      aria-hidden="true"
      className={`${classes[look]} ${classes[kind === 'bars' ? 'swatch' : 'line']}`}
      data-hatched={look === 'bad' || undefined}
      data-dashed={dashed || undefined}
    />
  )
}
