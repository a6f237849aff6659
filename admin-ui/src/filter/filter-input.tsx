import { Combobox, Group, Pill, PillsInput, Text, useCombobox } from '@mantine/core'
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import classes from './filter-input.module.css'
import type { FilterValue } from './filter-value.ts'
import { type ChoicesOf, type Suggestion, suggest } from './suggest.ts'
import { useValueLabel } from './use-value-label.ts'

interface Props {
  values: readonly FilterValue[]
  /** Fields of the address that could not be read. */
  ignored: readonly string[]
  choices: ChoicesOf
  onAdd: (value: FilterValue) => void
  onRemove: (value: FilterValue) => void
  onForgetIgnored: () => void
  onOpen: () => void
}

/** Filters as chips, and a field to type more into. */
export function FilterInput(props: Props) {
  const { values, ignored, choices, onAdd, onRemove, onForgetIgnored, onOpen } = props
  const t = useMessages().filter
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ onDropdownOpen: onOpen })
  const suggestions = suggest(typed, choices)
  useShortcut({ keys: '/', label: useMessages().shortcuts.filter, group: 'list' }, () =>
    input.current?.focus(),
  )
  const choose = (index: string) => {
    const chosen = suggestions[Number(index)]
    if (chosen?.kind === 'field') return setTyped(`${chosen.field}:`)
    if (chosen) onAdd({ field: chosen.field, value: chosen.value })
    setTyped('')
    combobox.closeDropdown()
  }
  const nameValue = useValueLabel()
  const labelOf = (one: FilterValue) => t.chip(t.fields[one.field], nameValue(one))
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" position="bottom-start">
      <Combobox.DropdownTarget>
        <PillsInput
          className={classes['input'] ?? ''}
          leftSection={<Search size={15} aria-hidden />}
          onClick={() => input.current?.focus()}
        >
          <Pill.Group>
            {ignored.map((field) => (
              <Pill
                key={field}
                className={classes['ignored'] ?? ''}
                withRemoveButton
                onRemove={onForgetIgnored}
                title={t.ignored(field)}
                removeButtonProps={{ 'aria-label': t.removeChip(field), 'aria-hidden': false }}
              >
                {t.ignoredShort(field)}
              </Pill>
            ))}
            {values.map((one) => (
              <Pill
                key={`${one.field}:${one.value}`}
                withRemoveButton
                onRemove={() => onRemove(one)}
                title={labelOf(one)}
                removeButtonProps={{
                  'aria-label': t.removeChip(labelOf(one)),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
              >
                {labelOf(one)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                ref={input}
                className={classes['field'] ?? ''}
                value={typed}
                aria-label={t.label}
                placeholder={values.length === 0 ? t.placeholder : ''}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.selectFirstOption()
                }}
                onKeyDown={(event) => {
                  const last = values.at(-1)
                  if (event.key === 'Backspace' && typed === '' && last) onRemove(last)
                  if (event.key === 'Escape' && !combobox.dropdownOpened) input.current?.blur()
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t.label} mah={480} className={classes['options'] ?? ''}>
          {suggestions.length === 0 && <Combobox.Empty>{t.nothing}</Combobox.Empty>}
          {suggestions.map((one, index) => (
            <Combobox.Option key={keyOf(one)} value={String(index)}>
              <SuggestionText suggestion={one} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const keyOf = (one: Suggestion) => (one.kind === 'field' ? one.field : `${one.field}:${one.value}`)

function SuggestionText({ suggestion }: { suggestion: Suggestion }) {
  const t = useMessages().filter
  const name = t.fields[suggestion.field]
  if (suggestion.kind === 'field') {
    return (
      <Group justify="space-between" wrap="nowrap">
        <span>{name}</span>
        <Text component="span" size="xs" c="inherit" ff="monospace">
          {t.chip(suggestion.field, '')}
        </Text>
      </Group>
    )
  }
  return (
    <Group justify="space-between" wrap="nowrap">
      <span className={classes['suggestion']}>{t.chip(name, suggestion.label)}</span>
      {suggestion.count !== undefined && (
        <Text component="span" size="xs" c="inherit">
          {number(suggestion.count)}
        </Text>
      )}
    </Group>
  )
}
