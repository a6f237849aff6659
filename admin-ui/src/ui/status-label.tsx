import { Group, Text } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import classes from './status-label.module.css'

export type Tone = 'good' | 'bad' | 'waiting' | 'off' | 'info'

/** A shape and a word, so that colour is never what tells two states apart. */
export function StatusLabel({
  icon: Icon,
  tone,
  label,
}: {
  icon: LucideIcon
  tone: Tone
  label: string
}) {
  return (
    <Group
      component="span"
      gap={6}
      wrap="nowrap"
      display="inline-flex"
      maw="100%"
      className={`${classes['label']} ${classes[tone]}`}
    >
      <Icon size={15} aria-hidden="true" strokeWidth={2.25} className={classes['icon']} />
      <Text component="span" size="sm" fw={550} c="inherit" truncate>
        {label}
      </Text>
    </Group>
  )
}
