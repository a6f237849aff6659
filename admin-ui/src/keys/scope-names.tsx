import { Text } from '@mantine/core'

/** What a credential may do, in one line; all of it on hover. */
export function ScopeNames({ scopes }: { scopes: readonly string[] }) {
  const text = scopes.join(', ')
  return (
    <Text size="sm" truncate title={text}>
      {text}
    </Text>
  )
}
