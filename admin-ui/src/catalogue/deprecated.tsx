import { Ban } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { StatusLabel } from '../ui/status-label.tsx'

export function Deprecated() {
  return <StatusLabel icon={Ban} tone="waiting" label={useMessages().catalogue.deprecated} />
}
