import { Table } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import type { ChartRow } from './chart-data.ts'
import classes from './time-chart.module.css'

interface Props {
  title: string
  rows: readonly ChartRow[]
  series: readonly { label: string }[]
  format: (value: number) => string
  describe: (atMs: number) => string
}

/** The same numbers to read, to listen to and to copy. */
export function DataTable({ title, rows, series, format, describe }: Props) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  return (
    <details className={classes['table']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.charts.dataTable}</summary>
      {open && (
        // Scrolls, so the keyboard must reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        <section className={classes['scroller']} aria-label={title} tabIndex={0}>
          <Table stickyHeader horizontalSpacing="xs" verticalSpacing={2} fz="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t.charts.time}</Table.Th>
                {series.map(({ label }) => (
                  <Table.Th key={label} scope="col" ta="end">
                    {label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.toReversed().map(({ atMs, values }) => (
                <Table.Tr key={atMs}>
                  <Table.Th scope="row" fw={400}>
                    {describe(atMs)}
                  </Table.Th>
                  {series.map(({ label }, index) => (
                    <Table.Td key={label} ta="end">
                      {describeValue(values[index], format, t.common.none)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </details>
  )
}

export function describeValue(
  value: number | null | undefined,
  format: (value: number) => string,
  none: string,
): string {
  return value === null || value === undefined ? none : format(value)
}
