import { Button, Combobox, Group, Text, useCombobox } from '@mantine/core'
import { Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { Choice } from './suggest.ts'
import classes from './value-picker.module.css'

export interface ChoiceGroup {
  label?: string
  choices: readonly (Choice & { hint?: string })[]
}

interface Props {
  label: string
  groups: readonly ChoiceGroup[]
  chosen: readonly string[]
  onToggle: (value: string) => void
  /** Told when it opens, to read what can be chosen. */
  onOpen?: () => void
  searchable?: boolean
}

const choicesMax = 100

/** A button that opens what may be chosen; several may. */
export function ValuePicker({ label, groups, chosen, onToggle, onOpen, searchable }: Props) {
  const t = useMessages().filter
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => {
      onOpen?.()
      if (searchable) combobox.focusSearchInput()
    },
  })
  const wanted = search.trim().toLowerCase()
  const found = groups
    .map((group) => ({
      ...group,
      choices: group.choices
        .filter((one) => `${one.value}\n${one.label}`.toLowerCase().includes(wanted))
        .slice(0, choicesMax),
    }))
    .filter(({ choices }) => choices.length > 0)
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={onToggle}
      position="bottom-start"
      width="max-content"
      shadow="md"
    >
      <Combobox.Target targetType="button">
        <Button
          variant={chosen.length > 0 ? 'light' : 'default'}
          rightSection={<ChevronDown size={14} aria-hidden />}
          onClick={() => combobox.toggleDropdown()}
        >
          {chosen.length > 0 ? t.chip(label, String(chosen.length)) : label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown className={classes['dropdown'] ?? ''}>
        {searchable && (
          <Combobox.Search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder={t.search}
            aria-label={t.search}
          />
        )}
        <Combobox.Options mah={320} className={classes['options'] ?? ''} aria-label={label}>
          {found.length === 0 && <Combobox.Empty>{t.noChoices}</Combobox.Empty>}
          {found.map((group, index) => (
            <Combobox.Group key={group.label ?? index} label={group.label}>
              {group.choices.map((one) => (
                <Combobox.Option
                  key={one.value}
                  value={one.value}
                  selected={chosen.includes(one.value)}
                >
                  <Group gap="xs" wrap="nowrap">
                    <Check
                      size={14}
                      aria-hidden
                      visibility={chosen.includes(one.value) ? 'visible' : 'hidden'}
                    />
                    <span className={classes['label']}>
                      {one.label}
                      {one.hint && (
                        <Text component="span" size="xs" c="inherit" display="block">
                          {one.hint}
                        </Text>
                      )}
                    </span>
                    {one.count !== undefined && (
                      <Text component="span" size="xs" c="inherit">
                        {number(one.count)}
                      </Text>
                    )}
                  </Group>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
