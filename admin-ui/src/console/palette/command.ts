import type { LucideIcon } from 'lucide-react'

export interface Command {
  id: string
  label: string
  icon: LucideIcon
  run(): void
}
