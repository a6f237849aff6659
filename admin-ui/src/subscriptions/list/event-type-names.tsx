import { Badge, Group, Text, Tooltip } from '@mantine/core'
import { Asterisk } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { isPattern } from '../event-patterns.ts'

/** The first of some names and how many more there are; a pattern is marked, for it covers future types. */
export function EventTypeNames({
  names,
  shown = 2,
}: {
  names: readonly string[] | null
  shown?: number
}) {
  const t = useMessages().subscriptions
  if (names === null) return <Wildcard text={t.all} />
  const more = names.slice(shown)
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex" maw="100%">
      {names.slice(0, shown).map((name) =>
        isPattern(name) ? (
          <Wildcard key={name} text={name} />
        ) : (
          <Text key={name} component="span" size="sm" truncate>
            {name}
          </Text>
        ),
      )}
      {more.length > 0 && (
        <Text component="span" size="sm" c="dimmed" title={more.join(', ')}>
          {t.andMore(more.length)}
        </Text>
      )}
    </Group>
  )
}

function Wildcard({ text }: { text: string }) {
  const t = useMessages().subscriptions
  return (
    <Tooltip label={t.wildcard}>
      <Badge
        variant="light"
        size="sm"
        tt="none"
        fw={500}
        style={{ flex: 'none', maxWidth: '100%' }}
        leftSection={<Asterisk size={11} aria-hidden />}
      >
        {text}
      </Badge>
    </Tooltip>
  )
}
