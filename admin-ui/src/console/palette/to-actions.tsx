import type { SpotlightActionGroupData } from '@mantine/spotlight'
import type { LucideIcon } from 'lucide-react'

interface Item {
  id: string
  label: string
  description?: string
  icon: LucideIcon
  /** Found for these words, whatever its label says. */
  keywords?: string
  run(): void
}

/** A group of the palette; none when it has nothing in it. */
export function toActions(group: string, items: readonly Item[]): SpotlightActionGroupData[] {
  if (items.length === 0) return []
  const actions = items.map(({ icon: Icon, run, description, keywords, ...item }) => ({
    ...item,
    ...(description && { description }),
    ...(keywords && { keywords }),
    leftSection: <Icon size={18} aria-hidden="true" />,
    onClick: run,
  }))
  return [{ group, actions }]
}
