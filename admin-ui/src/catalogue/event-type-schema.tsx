import { Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import type { EventType } from '@posthorn/sdk'
import { useState } from 'react'
import { CodeView } from '../code/code-view.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { type SchemaRow, schemaRows } from './schema-rows.ts'

/** What its data looks like: for people, and as the JSON Schema that it is. */
export function EventTypeSchema({ type, json }: { type: EventType; json: string | undefined }) {
  const t = useMessages().catalogue
  const [view, setView] = useState('table')
  const rows = type.schema ? schemaRows(type.schema, t) : []
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.schema}
        </Title>
        {json && (
          <SegmentedControl
            size="xs"
            aria-label={t.schemaView}
            data={[
              { value: 'table', label: t.schemaTable },
              { value: 'raw', label: t.schemaRaw },
            ]}
            value={view}
            onChange={setView}
          />
        )}
      </Group>
      {!json && <Text size="sm">{t.noSchema}</Text>}
      {json && view === 'raw' && <CodeView text={json} language="json" label={t.schemaRaw} />}
      {json && view === 'table' && rows.length === 0 && <Text size="sm">{t.noProperties}</Text>}
      {view === 'table' && rows.length > 0 && <PropertyTable rows={rows} />}
    </Stack>
  )
}

function PropertyTable({ rows }: { rows: readonly SchemaRow[] }) {
  const t = useMessages().catalogue
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table withTableBorder verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.property}</Table.Th>
            <Table.Th>{t.type}</Table.Th>
            <Table.Th>{t.required}</Table.Th>
            <Table.Th>{t.meaning}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ path, type, required, description }) => (
            <Table.Tr key={path}>
              <Table.Td ff="monospace" fz="xs">
                {path}
              </Table.Td>
              <Table.Td>{type}</Table.Td>
              <Table.Td>{required ? t.required : t.optional}</Table.Td>
              <Table.Td>{description}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
