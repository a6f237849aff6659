import { getRouteApi } from '@tanstack/react-router'
import { DeliveryView } from './delivery-view.tsx'

const route = getRouteApi('/deliveries/$id')

export function DeliveryPage() {
  const { id } = route.useParams()
  const { attempt } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <DeliveryView
      id={id}
      attempt={attempt}
      onAttempt={(number) =>
        void navigate({ search: (search) => ({ ...search, attempt: number }), replace: true })
      }
    />
  )
}
