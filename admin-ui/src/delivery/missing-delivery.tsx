import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { DeliveryFrame } from './delivery-frame.tsx'

export function MissingDelivery({ onClose }: { onClose: (() => void) | undefined }) {
  const t = useMessages()
  return (
    <DeliveryFrame title={t.delivery.facts.id} onClose={onClose}>
      <EmptyState icon={<SearchX />} title={t.delivery.missingTitle} text={t.delivery.missingText}>
        {onClose ? (
          <Button variant="default" onClick={onClose}>
            {t.common.close}
          </Button>
        ) : (
          <Button component={Link} to="/deliveries" variant="default">
            {t.delivery.toLog}
          </Button>
        )}
      </EmptyState>
    </DeliveryFrame>
  )
}
