import { ActionIcon, Autocomplete, Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { Plus, Trash2 } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { type ConditionDraft, type FilterDraft, operators } from './filter-draft.ts'
import classes from './form.module.css'

interface Props {
  value: FilterDraft
  onChange(value: FilterDraft): void
  paths: readonly string[]
}

export function ConditionRows({ value, onChange, paths }: Props) {
  const t = useMessages().subscriptionForm.filter
  const { conditions, join } = value
  const set = (changed: ConditionDraft[]) => onChange({ ...value, conditions: changed })
  const add = () =>
    set([...conditions, { key: randomId(), path: '', operator: 'equals', value: '' }])
  return (
    <Stack gap="xs" align="stretch">
      {conditions.length > 1 && (
        <Select
          aria-label={t.join}
          data={[
            { value: 'all', label: t.all },
            { value: 'any', label: t.any },
          ]}
          value={join}
          onChange={(next) => onChange({ ...value, join: next ?? join })}
          allowDeselect={false}
          w="12rem"
        />
      )}
      {conditions.map((condition) => (
        <ConditionRow
          key={condition.key}
          condition={condition}
          paths={paths}
          onChange={(changed) =>
            set(conditions.map((other) => (other === condition ? changed : other)))
          }
          onRemove={() => set(conditions.filter((other) => other !== condition))}
        />
      ))}
      <Group>
        <Button size="xs" variant="default" leftSection={<Plus size={14} />} onClick={add}>
          {t.add}
        </Button>
      </Group>
    </Stack>
  )
}

interface RowProps {
  condition: ConditionDraft
  paths: readonly string[]
  onChange(condition: ConditionDraft): void
  onRemove(): void
}

function ConditionRow({ condition, paths, onChange, onRemove }: RowProps) {
  const t = useMessages().subscriptionForm.filter
  const { operator, value } = condition
  const isList = operator === 'in' || operator === 'notIn'
  return (
    <div className={classes['condition']}>
      <Autocomplete
        aria-label={t.path}
        placeholder={t.pathPlaceholder}
        data={[...paths]}
        limit={20}
        value={condition.path}
        onChange={(path) => onChange({ ...condition, path })}
        spellCheck={false}
      />
      <Select
        aria-label={t.operator}
        data={operators.map((name) => ({ value: name, label: t.operators[name] }))}
        value={operator}
        onChange={(next) => onChange({ ...condition, operator: next ?? operator })}
        allowDeselect={false}
      />
      {operator === 'exists' ? (
        <Select
          aria-label={t.value}
          data={[
            { value: 'true', label: t.yes },
            { value: 'false', label: t.no },
          ]}
          value={value === 'false' ? 'false' : 'true'}
          onChange={(next) => onChange({ ...condition, value: next ?? 'true' })}
          allowDeselect={false}
        />
      ) : (
        <TextInput
          aria-label={isList ? t.valueList : t.value}
          placeholder={isList ? t.valueList : t.value}
          value={value}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })}
          spellCheck={false}
        />
      )}
      <ActionIcon aria-label={t.remove} onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
