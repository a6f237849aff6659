import { ActionIcon, Button, Group, Input, PasswordInput, Stack, TextInput } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './form.module.css'
import type { Pair } from './form-values.ts'

interface Props {
  texts: { label: string; hint: string; add: string; name: string; value: string; remove: string }
  value: readonly Pair[]
  onChange(value: Pair[]): void
  error: ReactNode
  /** Whether the value under a name is to be hidden. */
  isSecret?(name: string): boolean
}

/** Names and values, row by row. */
export function PairsField({ texts, value, onChange, error, isSecret = () => false }: Props) {
  const set = (pair: Pair, change: Partial<Pair>) =>
    onChange(value.map((other) => (other === pair ? { ...other, ...change } : other)))
  return (
    <Stack gap="xs" role="group" aria-label={texts.label}>
      <div>
        <Input.Label labelElement="div">{texts.label}</Input.Label>
        <Input.Description>{texts.hint}</Input.Description>
      </div>
      {value.map((pair) => {
        const Value = isSecret(pair.name) ? PasswordInput : TextInput
        return (
          <div key={pair.key} className={classes['pair']}>
            <TextInput
              aria-label={texts.name}
              placeholder={texts.name}
              value={pair.name}
              onChange={(event) => set(pair, { name: event.currentTarget.value })}
              spellCheck={false}
              autoComplete="off"
            />
            <Value
              aria-label={texts.value}
              placeholder={texts.value}
              value={pair.value}
              onChange={(event) => set(pair, { value: event.currentTarget.value })}
              spellCheck={false}
              autoComplete="off"
            />
            <ActionIcon
              aria-label={texts.remove}
              onClick={() => onChange(value.filter((other) => other !== pair))}
            >
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} />}
          onClick={() => onChange([...value, { key: randomId(), name: '', value: '' }])}
        >
          {texts.add}
        </Button>
      </Group>
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  )
}
