import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { DryRunFigures } from './dry-run-figures.tsx'
import { ModeChoice } from './mode-choice.tsx'
import { RateChoice, rateDefault } from './rate-choice.tsx'
import { type ReplayMode, type Selector, selectionMax } from './replay-input.ts'
import { SelectorWords } from './selector-words.tsx'
import { useDryRun } from './use-dry-run.ts'
import { useStartReplay } from './use-start-replay.ts'

/** Beyond it the number is typed: nobody sends so many by a slip. */
const typedAbove = 1000

interface Props {
  selector: Selector
  mode: ReplayMode
  onClose(): void
}

export function ReplayForm(props: Props) {
  // What is counted is what is sent, also when the page behind the dialog goes on.
  const [selector] = useState(props.selector)
  const t = useMessages().replays
  const tooMany = 'deliveryIds' in selector && selector.deliveryIds.length > selectionMax
  return tooMany ? (
    <Text>{t.tooMany(selector.deliveryIds.length, selectionMax)}</Text>
  ) : (
    <Form {...props} selector={selector} />
  )
}

function Form({ selector, mode: modeFirst, onClose }: Props) {
  const t = useMessages()
  const [mode, setMode] = useState(modeFirst)
  const [rate, setRate] = useState<number | null>(rateDefault)
  const [typed, setTyped] = useState('')
  const dryRun = useDryRun(selector, mode)
  const start = useStartReplay(onClose)
  const { willSend = 0, complete = true } = dryRun.data ?? {}
  const mustType = willSend > typedAbove
  const confirmed = !mustType || typed.replace(/\D/g, '') === String(willSend)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (willSend > 0 && confirmed) start.mutate({ selector, mode, ratePerSecond: rate })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <SelectorWords selector={selector} />
        <ModeChoice selector={selector} value={mode} onChange={setMode} />
        <div role="status">
          {dryRun.data && <DryRunFigures figures={dryRun.data} mode={mode} />}
          {!dryRun.data && !dryRun.error && (
            <Group gap="xs">
              <Loader size="xs" />
              <Text size="sm">{t.replays.counting}</Text>
            </Group>
          )}
        </div>
        {dryRun.error && (
          <ProblemAlert error={dryRun.error} onRetry={() => void dryRun.refetch()} />
        )}
        {willSend > 0 && <RateChoice value={rate} onChange={setRate} willSend={willSend} />}
        {mustType && (
          <TextInput
            label={t.replays.typeNumber(willSend.toLocaleString('en'))}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="off"
          />
        )}
        {start.error && <ProblemAlert error={start.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {willSend === 0 && dryRun.data ? t.common.close : t.common.cancel}
          </Button>
          {willSend > 0 && (
            <Button type="submit" loading={start.isPending} disabled={!confirmed}>
              {t.replays.confirm(willSend, complete)}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
