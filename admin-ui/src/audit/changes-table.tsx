import { Table, Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import classes from './audit.module.css'
import { ChangedValue } from './changed-value.tsx'
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
              {t.audit.fields[change.field] ?? change.field}
            </Table.Th>
            {before && <ChangedValue field={change.field} text={change.before} />}
            {after && <ChangedValue field={change.field} text={change.after} />}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
