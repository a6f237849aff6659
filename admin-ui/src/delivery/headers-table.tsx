import { Group, Table, Text } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { CopyIcon } from '../ui/copy-value.tsx'
import classes from './headers-table.module.css'
import { headerLines, maskedValue } from './recorded-request.ts'

interface Props {
  headers: Readonly<Record<string, string>>
  title: string
}

/** Headers as they were sent; what was not recorded says why. */
export function HeadersTable({ headers, title }: Props) {
  const t = useMessages().delivery.headers
  const entries = Object.entries(headers)
  return (
    <section>
      <Group gap={4} mb={2}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {entries.length > 0 && <CopyIcon value={headerLines(headers)} label={t.copyAll} />}
      </Group>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      ) : (
        <Table layout="fixed" className={classes['table'] ?? ''} verticalSpacing={3}>
          <Table.Tbody>
            {entries.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" className={classes['name'] ?? ''}>
                  {name}
                </Table.Th>
                <Table.Td className={classes['value'] ?? ''}>
                  {value === maskedValue ? (
                    <Text size="xs" c="dimmed" ff="text" component="span">
                      {t.masked}
                    </Text>
                  ) : (
                    value
                  )}
                </Table.Td>
                <Table.Td className={classes['copy'] ?? ''}>
                  {value !== maskedValue && <CopyIcon value={value} label={name} />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}
