import { Table, Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import classes from './audit.module.css'
import { changesOf } from './changes.ts'

export function ChangesTable({ before, after }: Pick<AuditEntry, 'before' | 'after'>) {
  const t = useMessages()
  const { entry } = t.audit
  const changes = changesOf(before, after)
  if (changes.length === 0) return <Text size="sm">{entry.noChanges}</Text>
  return (
    <Table layout="fixed" className={classes['changes'] ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{entry.field}</Table.Th>
          {before && <Table.Th>{entry.before}</Table.Th>}
          {after && <Table.Th>{entry.after}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.field}>
            <Table.Th scope="row" fw={550}>
              {change.field}
            </Table.Th>
            {before && <Value text={change.before} />}
            {after && <Value text={change.after} />}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Value({ text }: { text: string | undefined }) {
  const { none } = useMessages().common
  return <Table.Td className={classes['text'] ?? ''}>{text ?? none}</Table.Td>
}
