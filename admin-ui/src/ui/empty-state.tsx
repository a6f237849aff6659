import { EmptyState as KitEmptyState } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  icon: ReactNode
  title: string
  text?: ReactNode
  /** What to do about it: a button, a snippet. */
  children?: ReactNode
}

/** Nothing is here, and what to do about it. */
export function EmptyState({ icon, title, text, children }: Props) {
  return (
    <KitEmptyState
      icon={icon}
      title={title}
      description={text}
      py="xl"
      px="md"
      // A line of a snippet is longer than the page.
      styles={{ body: { maxWidth: '100%' } }}
    >
      {children}
    </KitEmptyState>
  )
}
