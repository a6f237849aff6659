import { Button, Popover, Stack, Text } from '@mantine/core'
import { RotateCcw } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import classes from './active-replays.module.css'
import { percentDone } from './progress.ts'
import { ReplayAnnouncement } from './replay-announcement.tsx'
import { useReplay } from './use-replay.ts'
import { useRunningReplays } from './use-running-replays.ts'
import { useWatchedReplays } from './use-watched-replays.ts'

/** Its dialogs come only when there is a replay to show. */
const ActiveReplay = lazy(async () => ({
  default: (await import('./active-replay.tsx')).ActiveReplay,
}))

const shownMax = 3

/** How replays go, on whatever page one is, also after a reload. */
export function ActiveReplays() {
  const { ids: watched, putAway } = useWatchedReplays()
  const running = useRunningReplays(watched.length > 0)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const ids = [...new Set([...watched, ...running])].filter((id) => !hidden.has(id))
  const [first] = ids
  if (first === undefined) return null
  const shown = ids.slice(0, shownMax)
  const hide = (id: string) => {
    putAway(id)
    setHidden(new Set([...hidden, id]))
  }
  return (
    <>
      {/* Kept when it closes: a click into the dialog that asks whether to cancel is a click outside. */}
      <Popover position="bottom-end" shadow="md" width="min(22rem, 94vw)" trapFocus keepMounted>
        <Popover.Target>
          <ReplaysButton first={first} active={ids.length} />
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <Stack gap={0}>
            <Suspense>
              {shown.map((id) => (
                <ActiveReplay key={id} id={id} onHide={() => hide(id)} />
              ))}
            </Suspense>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {shown.map((id) => (
        <ReplayAnnouncement key={id} id={id} />
      ))}
    </>
  )
}

/** How many, and how far when there is one. */
function ReplaysButton({ first, active, ...target }: { first: string; active: number }) {
  const t = useMessages().replays
  const { data: replay } = useReplay(first)
  const percent = replay && active === 1 ? percentDone(replay) : undefined
  const progress = percent === undefined ? '' : t.percent(percent)
  const label = [t.activeCount(active), progress].filter(Boolean).join(' · ')
  return (
    <Button
      {...target}
      variant="light"
      size="compact-sm"
      className={classes['button'] ?? ''}
      leftSection={<RotateCcw size={15} aria-hidden="true" />}
      aria-label={label}
    >
      <Text span inherit visibleFrom="sm">
        {label}
      </Text>
      <Text span inherit hiddenFrom="sm">
        {progress || active}
      </Text>
    </Button>
  )
}
