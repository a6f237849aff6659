import { Checkbox, Stack } from '@mantine/core'
import type { Scope } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'

interface Props<Value extends Scope> {
  options: readonly Value[]
  value: Value[]
  onChange(value: Value[]): void
  error?: string | undefined
}

/** Each scope with what it allows. `admin` stands for all the others. */
export function ScopeChoice<Value extends Scope>({
  options,
  value,
  onChange,
  error,
}: Props<Value>) {
  const t = useMessages().keys
  const chosen: readonly Scope[] = value
  const isAdmin = chosen.includes('admin')
  return (
    <Checkbox.Group
      label={t.scopesLabel}
      error={error}
      value={value}
      onChange={(scopes) => onChange(scopes as Value[])}
      withAsterisk
    >
      <Stack gap="xs" mt="xs">
        {options.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            label={scope}
            description={t.scopes[scope]}
            disabled={isAdmin && scope !== 'admin'}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
