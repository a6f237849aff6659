import { Radio, Stack } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { canBeMissing, ignoredWhenMissing, type ReplayMode, type Selector } from './replay-input.ts'

const modes = ['failed', 'missing', 'all'] as const satisfies ReplayMode[]

interface Props {
  selector: Selector
  value: ReplayMode
  onChange(mode: ReplayMode): void
}

export function ModeChoice({ selector, value, onChange }: Props) {
  const t = useMessages().replays
  const ignored = ignoredWhenMissing(selector).map((field) => t.ignorable[field] ?? field)
  const missing = canBeMissing(selector)
  const describe = (mode: ReplayMode) => {
    if (mode !== 'missing') return t.modeTexts[mode]
    if (!missing) return `${t.modeTexts.missing} ${t.missingNeedsSubscription}`
    if (value !== mode || ignored.length === 0) return t.modeTexts.missing
    return `${t.modeTexts.missing} ${t.missingIgnores([...new Set(ignored)])}`
  }
  return (
    <Radio.Group label={t.mode} value={value} onChange={(mode) => onChange(mode as ReplayMode)}>
      <Stack gap="xs" mt={6}>
        {modes.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={t.modes[mode]}
            description={describe(mode)}
            disabled={mode === 'missing' && !missing}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
