import { Accordion, Group, Progress, Stack, Table, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import dayjs from 'dayjs'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { describeBytes } from '../ui/describe-bytes.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

type StoredTable = System['storage'][number]

const numbers = new Intl.NumberFormat('en', { notation: 'compact' })
const percents = new Intl.NumberFormat('en', { style: 'percent' })

export function Storage({ storage }: Pick<System, 'storage'>) {
  const { storage: t } = useMessages().system
  const total = storage.reduce((sum, { bytes }) => sum + bytes, 0)
  const parted = storage.filter(({ partitions }) => partitions.length > 0)
  return (
    <Section title={t.title} note={t.estimate}>
      <Table layout="fixed" horizontalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.columns.table}</Table.Th>
            <Table.Th className={classes['size']}>{t.columns.size}</Table.Th>
            <Table.Th className={classes['narrow']}>{t.columns.rows}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {storage.map(({ name, bytes, rows }) => (
            <Table.Tr key={name}>
              <Table.Td className={classes['tableName']} ff="monospace" fz="xs">
                {name}
              </Table.Td>
              <Table.Td>
                <Size bytes={bytes} share={total === 0 ? 0 : bytes / total} />
              </Table.Td>
              <Table.Td className={classes['narrow']}>{numbers.format(rows)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Accordion variant="separated" multiple order={3}>
        {parted.map((table) => (
          <Partitions key={table.name} table={table} />
        ))}
      </Accordion>
    </Section>
  )
}

function Size({ bytes, share }: { bytes: number; share: number }) {
  const { storage: t } = useMessages().system
  const size = describeBytes(bytes)
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" className={classes['number'] ?? ''} miw="4.5rem">
        {size}
      </Text>
      <Progress
        value={share * 100}
        aria-label={t.share(size, percents.format(share))}
        flex={1}
        visibleFrom="xs"
      />
    </Group>
  )
}

/** By time, oldest first: what retention drops goes in whole partitions. */
function Partitions({ table }: { table: StoredTable }) {
  const { storage: t } = useMessages().system
  const { name, partitions, oldestDroppedAt } = table
  const day = (time: string) => dayjs(time).format('MMM D, HH:mm')
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs">
          <Text size="sm" ff="monospace">
            {name}
          </Text>
          <Text size="xs" c="dimmed" component="span">
            {t.partitions(partitions.length)}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          {oldestDroppedAt !== null && (
            <Text size="sm" component="div">
              {t.columns.drop} <Time value={oldestDroppedAt} />
            </Text>
          )}
          <Table aria-label={t.partitionsOf(name)}>
            <Table.Tbody>
              {partitions.map(({ name: partition, from, to, bytes, rows }) => (
                <Table.Tr key={partition}>
                  <Table.Td>{t.partition(day(from), day(to))}</Table.Td>
                  <Table.Td className={classes['narrow']}>{describeBytes(bytes)}</Table.Td>
                  <Table.Td className={classes['narrow']}>{numbers.format(rows)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}
