import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { DeliveryLog } from '../deliveries/delivery-log.tsx'

const route = getRouteApi('/subscriptions/$id/deliveries')

/** The delivery log, of this subscription alone. */
export function SubscriptionDeliveriesTab() {
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  return (
    <DeliveryLog
      search={search}
      onSearch={(next, { replace = false } = {}) =>
        void navigate({
          to: '/subscriptions/$id/deliveries',
          params: { id },
          search: next,
          replace,
        })
      }
      pinned={{ subscriptionId: [id] }}
    />
  )
}
