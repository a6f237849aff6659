import { Group, Input, SegmentedControl, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CodeEditor } from '../../code/code-editor.tsx'
import { useMessages } from '../../messages/use-messages.ts'
import { ConditionRows } from './condition-rows.tsx'
import { type FilterDraft, fromFilter, toFilter } from './filter-draft.ts'

interface Props {
  value: FilterDraft
  onChange(value: FilterDraft): void
  error: ReactNode
  /** Places in the data that are known. */
  paths: readonly string[]
}

/** Conditions on the data: as rows in the simple case, as JSON always. */
export function FilterField({ value, onChange, error, paths }: Props) {
  const t = useMessages().subscriptionForm.filter
  const asRows = value.asJson ? readRows(value) : value
  return (
    <Stack gap="xs" role="group" aria-label={t.label}>
      <Group justify="space-between" gap="xs">
        <div>
          <Input.Label labelElement="div">{t.label}</Input.Label>
          <Input.Description>{t.hint}</Input.Description>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t.label}
          value={value.asJson ? 'json' : 'rows'}
          data={[
            { value: 'rows', label: t.rows, disabled: asRows === undefined },
            { value: 'json', label: t.json },
          ]}
          onChange={(mode) => onChange(mode === 'json' ? withJson(value) : (asRows ?? value))}
        />
      </Group>
      {value.asJson ? (
        <>
          <CodeEditor
            language="json"
            label={t.label}
            value={value.json}
            onChange={(json) => onChange({ ...value, json })}
            invalid={Boolean(error)}
          />
          {asRows === undefined && (
            <Text size="xs" c="dimmed">
              {t.tooComplex}
            </Text>
          )}
        </>
      ) : (
        <ConditionRows value={value} onChange={onChange} paths={paths} />
      )}
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  )
}

/** The same as rows, if rows can say it. */
function readRows(draft: FilterDraft): FilterDraft | undefined {
  try {
    const rows = fromFilter(toFilter(draft))
    return rows.asJson ? undefined : rows
  } catch {
    return undefined
  }
}

function withJson(draft: FilterDraft): FilterDraft {
  const filter = toFilter(draft)
  return { ...draft, asJson: true, json: filter === null ? '' : JSON.stringify(filter, null, 2) }
}
