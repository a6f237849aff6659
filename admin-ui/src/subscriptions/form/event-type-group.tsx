import { ActionIcon, Checkbox, Chip, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { EventType } from '@posthorn/sdk'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import {
  coveringPattern,
  isHeard,
  type TypeGroup,
  withPattern,
  withTypes,
} from '../event-patterns.ts'
import classes from './form.module.css'

interface Props {
  group: TypeGroup & { shown: readonly EventType[] }
  /** What is shown was searched for: it is open. */
  searching: boolean
  value: readonly string[]
  onChange(value: string[]): void
}

/** The types of one entity type: all of them, those of now and of later, or some. */
export function EventTypeGroup({ group, searching, value, onChange }: Props) {
  const t = useMessages().subscriptionForm.eventTypes
  const { entityType, types, shown, pattern } = group
  const chosen = types.filter(({ name }) => isHeard(value, name))
  const partly = chosen.length > 0 && chosen.length < types.length
  const [opened, { toggle }] = useDisclosure(partly)
  const open = opened || searching
  const wild = pattern !== undefined && value.includes(pattern)
  const all = chosen.length === types.length
  const names = types.map(({ name }) => name)
  return (
    <div className={classes['group']}>
      <div className={classes['groupHead']}>
        <ActionIcon size="sm" aria-label={t.show(entityType)} aria-expanded={open} onClick={toggle}>
          {open ? <ChevronDown size={15} /> : <ChevronRight size={15} />}
        </ActionIcon>
        <Checkbox
          label={entityType}
          checked={all}
          indeterminate={partly}
          disabled={wild}
          onChange={() => onChange(withTypes(value, names, !all))}
        />
        <Text size="xs" c="dimmed" me="auto" style={{ whiteSpace: 'nowrap' }}>
          {wild ? t.groupAll(types.length) : t.group(chosen.length, types.length)}
        </Text>
        {pattern !== undefined && (
          <Chip
            size="xs"
            variant="light"
            checked={wild}
            onChange={() =>
              onChange(wild ? withTypes(value, [pattern], false) : withPattern(value, pattern))
            }
          >
            {t.future(pattern)}
          </Chip>
        )}
      </div>
      {open && (
        <div className={classes['types']}>
          {shown.map((type) => (
            <TypeBox key={type.name} type={type} value={value} onChange={onChange} />
          ))}
        </div>
      )}
    </div>
  )
}

function TypeBox({
  type,
  value,
  onChange,
}: { type: EventType } & Pick<Props, 'value' | 'onChange'>) {
  const t = useMessages().subscriptionForm.eventTypes
  const by = coveringPattern(value, type.name)
  const notes = [by && t.by(by), type.deprecated && t.deprecated].filter(Boolean).join(', ')
  return (
    <Checkbox
      label={type.name}
      description={notes || undefined}
      title={type.description}
      checked={isHeard(value, type.name)}
      disabled={by !== undefined}
      onChange={(event) => onChange(withTypes(value, [type.name], event.currentTarget.checked))}
    />
  )
}
