import { getRouteApi } from '@tanstack/react-router'
import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'
import { DeliveryLog } from './delivery-log.tsx'

const route = getRouteApi('/deliveries')

export function DeliveriesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={useMessages().navigation.pages.deliveries} fill>
      <DeliveryLog
        search={search}
        onSearch={(next, options) => void navigate({ search: next, ...options })}
      />
    </Page>
  )
}
