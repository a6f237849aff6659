import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { Choice } from './choice.tsx'

export function ColorSchemeChoice() {
  const t = useMessages().settings.colorScheme
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Choice<MantineColorScheme>
      label={t.label}
      value={colorScheme}
      options={{ auto: t.auto, light: t.light, dark: t.dark }}
      onChange={setColorScheme}
    />
  )
}
