import { Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ActiveReplay } from './active-replay.tsx'
import classes from './active-replays.module.css'
import { useRunningReplays } from './use-running-replays.ts'
import { useWatchedReplays } from './use-watched-replays.ts'

const shownMax = 3

/** How replays go, on whatever page one is, also after a reload. */
export function ActiveReplays() {
  const t = useMessages().replays
  const { ids: watched, putAway } = useWatchedReplays()
  const running = useRunningReplays(watched.length > 0)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [opened, { toggle }] = useDisclosure(true)
  const ids = [...new Set([...watched, ...running])].filter((id) => !hidden.has(id))
  if (ids.length === 0) return null
  const hide = (id: string) => {
    putAway(id)
    setHidden(new Set([...hidden, id]))
  }
  const Chevron = opened ? ChevronDown : ChevronUp
  return (
    <section aria-label={t.active} className={classes['tray']}>
      <UnstyledButton className={classes['head']} onClick={toggle} aria-expanded={opened}>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={650}>
            {t.activeCount(ids.length)}
          </Text>
          <Chevron size={16} aria-hidden="true" />
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Stack gap={0}>
          {ids.slice(0, shownMax).map((id) => (
            <ActiveReplay key={id} id={id} onHide={() => hide(id)} />
          ))}
        </Stack>
      </Collapse>
    </section>
  )
}
