import { ActionIcon, Box, Group, Title, Tooltip } from '@mantine/core'
import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { AttemptTimeline } from './attempt-timeline.tsx'
import classes from './delivery.module.css'
import { NoAttempt } from './no-attempt.tsx'

interface Props {
  delivery: DeliveryDetail
  attempts: readonly Attempt[]
  chosen: Attempt | undefined
  onAttempt(attempt: number): void
  isPage: boolean
}

/** What was tried and will be, and one attempt in full. */
export function DeliveryAttempts({ delivery, attempts, chosen, onAttempt, isPage }: Props) {
  const t = useMessages().delivery
  const index = chosen ? attempts.indexOf(chosen) : -1
  const [previous, next] = [attempts[index - 1], attempts[index + 1]]
  const go = (to: Attempt | undefined) => to && onAttempt(to.number)
  const group = 'delivery'
  useShortcut({ keys: '[', label: t.shortcuts.previous, group }, () => go(previous))
  useShortcut({ keys: ']', label: t.shortcuts.next, group }, () => go(next))
  const step = (to: Attempt | undefined, label: string, Icon: typeof ChevronLeft) => (
    <Tooltip label={label}>
      <ActionIcon
        size={26}
        variant="transparent"
        className={classes['step'] ?? ''}
        aria-label={label}
        disabled={!to}
        onClick={() => go(to)}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <Box className={classes['attempts']}>
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={isPage ? 2 : 3} size="h5">
            {t.timeline.title}
          </Title>
          {attempts.length > 1 && (
            <Group gap={2}>
              {step(previous, t.timeline.previous, ChevronLeft)}
              {step(next, t.timeline.next, ChevronRight)}
            </Group>
          )}
        </Group>
        <AttemptTimeline
          delivery={delivery}
          attempts={attempts}
          chosen={chosen?.number}
          onAttempt={onAttempt}
        />
      </section>
      {chosen ? (
        <AttemptPanel
          attempt={chosen}
          before={previous}
          requestBody={delivery.requestBody}
          order={isPage ? 2 : 3}
        />
      ) : (
        <NoAttempt delivery={delivery} />
      )}
    </Box>
  )
}
