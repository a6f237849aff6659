import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMounted } from '@mantine/hooks'
import { useSyncExternalStore } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { type ShortcutGroup, useShortcutRegistry } from './registry.ts'

/** Which keys do what, here and now. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useMessages().shortcuts
  const registry = useShortcutRegistry()
  const shortcuts = useSyncExternalStore(registry.subscribe, registry.list)
  const [preferences] = usePreferences()
  // Opened once it is there: else it would not know where the focus goes back to.
  const mounted = useMounted()
  const groups = Object.entries(t.groups) as [ShortcutGroup, string][]
  return (
    <Modal opened={opened && mounted} onClose={onClose} title={t.title} size="lg">
      {!preferences.shortcuts && <Text mb="md">{t.off}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xl">
        {groups.map(([group, title]) => {
          const own = shortcuts.filter((shortcut) => shortcut.group === group)
          return own.length === 0 ? null : (
            <Stack key={group} gap="xs">
              <Title order={2} size="h5">
                {title}
              </Title>
              {own.map(({ keys, label }) => (
                <Group key={keys} justify="space-between" wrap="nowrap">
                  <Text size="sm">{label}</Text>
                  <Keys keys={keys} />
                </Group>
              ))}
            </Stack>
          )
        })}
      </SimpleGrid>
    </Modal>
  )
}

const signs: Record<string, string> = {
  $mod: navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  'Shift+?': '?',
}

function Keys({ keys }: { keys: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      {keys
        .split(' ')
        .flatMap((press) =>
          (signs[press] ?? press)
            .split('+')
            .map((key) => <Kbd key={press + key}>{signs[key] ?? key}</Kbd>),
        )}
    </Group>
  )
}
