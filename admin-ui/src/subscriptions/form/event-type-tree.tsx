import { Button, Group, Pill, Stack, Text, TextInput } from '@mantine/core'
import type { EventType } from '@posthorn/sdk'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import {
  groupByEntityType,
  isPattern,
  matchesPattern,
  withPattern,
  withTypes,
} from '../event-patterns.ts'
import { EventTypeGroup } from './event-type-group.tsx'
import classes from './form.module.css'

export interface TreeProps {
  types: readonly EventType[]
  /** Names and patterns. */
  value: readonly string[]
  onChange(value: string[]): void
}

/** The catalogue to choose from, what was chosen by pattern above it. */
export function EventTypeTree({ types, value, onChange }: TreeProps) {
  const t = useMessages().subscriptionForm.eventTypes
  const [search, setSearch] = useState('')
  const wanted = search.trim()
  const known = new Set(types.map(({ name }) => name))
  const isShown = ({ name }: EventType) =>
    isPattern(wanted)
      ? matchesPattern(wanted, name)
      : name.toLowerCase().includes(wanted.toLowerCase())
  const groups = groupByEntityType(types)
    .map((group) => ({ ...group, shown: group.types.filter(isShown) }))
    .filter(({ shown }) => shown.length > 0)
  // A pattern, or a type that the catalogue does not have yet.
  const addable =
    /^[\w.*-]{1,128}$/.test(wanted) &&
    (isPattern(wanted) || groups.length === 0) &&
    !value.includes(wanted)
  const add = () => {
    if (!addable) return
    onChange(isPattern(wanted) ? withPattern(value, wanted) : [...value, wanted])
    setSearch('')
  }
  const apart = value.filter((item) => isPattern(item) || !known.has(item))
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap">
        <TextInput
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          leftSection={<Search size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Not the form's.
            event.preventDefault()
            add()
          }}
          style={{ flex: 1 }}
        />
        {addable && (
          <Button variant="default" onClick={add} maw="50%">
            {t.add(wanted)}
          </Button>
        )}
      </Group>
      {apart.length > 0 && (
        <Stack gap={4}>
          <Text size="xs" c="dimmed">
            {t.patterns}
          </Text>
          <Pill.Group>
            {apart.map((item) => (
              <Pill
                key={item}
                variant="contrast"
                withRemoveButton
                removeButtonProps={{
                  'aria-label': t.remove(item),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
                onRemove={() => onChange(withTypes(value, [item], false))}
              >
                {isPattern(item)
                  ? t.pattern(item, types.filter(({ name }) => matchesPattern(item, name)).length)
                  : `${item} · ${t.unknown}`}
              </Pill>
            ))}
          </Pill.Group>
        </Stack>
      )}
      <div className={classes['tree']}>
        {groups.map((group) => (
          <EventTypeGroup
            key={group.entityType}
            group={group}
            searching={wanted !== ''}
            value={value}
            onChange={onChange}
          />
        ))}
        {groups.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            {t.none}
          </Text>
        )}
      </div>
    </Stack>
  )
}
