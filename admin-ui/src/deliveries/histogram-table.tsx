import { Button, Modal, Table } from '@mantine/core'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { clockOf, type Interval, stacked } from './histogram-intervals.ts'

interface Props {
  opened: boolean
  onClose: () => void
  data: readonly Interval[]
  onChoose: (index: number) => void
}

/** The chart as numbers; intervals without anything are left out. */
export function HistogramTable({ opened, onClose, data, onChoose }: Props) {
  const t = useMessages()
  const rows = data
    .map((interval, index) => ({ interval, index }))
    .filter(({ interval }) => stacked.some((status) => interval[status] > 0))
    .reverse()
  return (
    <Modal opened={opened} onClose={onClose} title={t.deliveries.chart.label} size="xl">
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.deliveries.chart.interval}</Table.Th>
              {stacked.map((status) => (
                <Table.Th key={status} ta="end">
                  {t.statuses[status]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ interval, index }) => (
              <Table.Tr key={interval.at}>
                <Table.Td>
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    title={t.deliveries.chart.zoom}
                    onClick={() => onChoose(index)}
                  >
                    {clockOf(interval.at)}
                  </Button>
                </Table.Td>
                {stacked.map((status) => (
                  <Table.Td key={status} ta="end">
                    {number(interval[status])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Modal>
  )
}
