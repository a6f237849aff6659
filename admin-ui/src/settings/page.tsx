import { Button, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMessages } from '../messages/use-messages.ts'
import { usePreferences } from '../preferences/use-preferences.ts'
import { ShortcutHelp } from '../shortcuts/help.tsx'
import { TimeText } from '../time/time.tsx'
import { useNow } from '../time/use-now.ts'
import { Page } from '../ui/page.tsx'
import { Choice } from './choice.tsx'
import { ColorSchemeChoice } from './color-scheme-choice.tsx'

const exampleMs = 5 * 60_000

export function SettingsPage() {
  const t = useMessages()
  const { time, density, shortcuts } = t.settings
  const [preferences, change] = usePreferences()
  const [helpOpened, help] = useDisclosure()
  const example = new Date(useNow() - exampleMs).toISOString()
  return (
    <Page title={t.navigation.pages.settings} description={t.settings.description}>
      <Stack gap="xl" maw="34rem">
        <ColorSchemeChoice />
        <Choice
          label={time.label}
          description={time.description}
          value={preferences.time}
          options={{ relative: time.relative, local: time.local, utc: time.utc }}
          onChange={(value) => change({ time: value })}
        >
          <Text size="sm" c="dimmed">
            {time.example} <TimeText value={example} />
          </Text>
        </Choice>
        <Choice
          label={density.label}
          value={preferences.density}
          options={{ comfortable: density.comfortable, compact: density.compact }}
          onChange={(value) => change({ density: value })}
        />
        <Stack gap="xs" align="flex-start">
          <Switch
            label={shortcuts.label}
            description={shortcuts.description}
            checked={preferences.shortcuts}
            onChange={(event) => change({ shortcuts: event.currentTarget.checked })}
          />
          <Button variant="default" onClick={help.open}>
            {shortcuts.show}
          </Button>
        </Stack>
      </Stack>
      <ShortcutHelp opened={helpOpened} onClose={help.close} />
    </Page>
  )
}
