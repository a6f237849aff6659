import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Centre } from '../ui/centre.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

export function NotFound() {
  const t = useMessages().common
  return (
    <Centre>
      <EmptyState icon={<Compass />} title={t.notFoundTitle} text={t.notFoundText}>
        <Button component={Link} to="/" variant="default">
          {t.toOverview}
        </Button>
      </EmptyState>
    </Centre>
  )
}
