import { Table } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import classes from './audit.module.css'
import { hidden } from './changes.ts'

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** A value before or after: times as the person likes them, and words for what is not written down. */
export function ChangedValue({ field, text }: { field: string; text: string | undefined }) {
  const { audit, common } = useMessages()
  if (text !== undefined && instant.test(text)) {
    return (
      <Table.Td>
        <Time value={text} />
      </Table.Td>
    )
  }
  if (text === undefined) {
    return <Table.Td>{field.startsWith('quotas.') ? audit.entry.byDefault : common.none}</Table.Td>
  }
  if (text === hidden) return <Table.Td>{audit.entry.hidden}</Table.Td>
  const words =
    field.startsWith('quotas.') && text === '0' ? audit.entry.unlimited : audit.values[text]
  return <Table.Td className={words ? '' : (classes['text'] ?? '')}>{words ?? text}</Table.Td>
}
