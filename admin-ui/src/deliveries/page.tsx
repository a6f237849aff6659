import type { Subscription } from '@posthorn/sdk'
import { useCallback, useEffect, useState } from 'react'
import type { Access } from '../api.ts'
import { messages } from '../messages.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { Detail } from './detail.tsx'
import { Filters } from './filters.tsx'
import { DeliveryList } from './list.tsx'
import { listSubscriptions } from './list-subscriptions.ts'
import { LiveToggle } from './live-toggle.tsx'
import { type DeliveryFilters, useDeliveries } from './use-deliveries.ts'

const noFilters: DeliveryFilters = {}
const noSubscriptions: Subscription[] = []

export function DeliveriesPage({
  access,
  organisationId,
}: {
  access: Access
  organisationId: string
}) {
  const [filters, setFilters] = useState(noFilters)
  const [live, setLive] = useState(true)
  const [selectedId, setSelectedId] = useState<string>()
  const deliveries = useDeliveries(access.client, organisationId, filters, live)
  const load = useCallback(
    () => listSubscriptions(access, organisationId),
    [access, organisationId],
  )
  // Only names come from them: without them, short ids do.
  const { data: subscriptions = noSubscriptions, reload } = useLoaded(load, everyMinute)
  const unknownId = deliveries.list?.rows.find(
    ({ subscriptionId }) => !subscriptions.some(({ id }) => id === subscriptionId),
  )?.subscriptionId

  // It is new, or deleted; so ask once for each.
  useEffect(() => {
    if (unknownId) reload()
  }, [unknownId, reload])

  const close = useCallback(() => {
    setSelectedId(undefined)
    if (!selectedId) return
    // After the list is there again, where it made way for the panel.
    requestAnimationFrame(() => document.getElementById(`delivery-${selectedId}`)?.focus())
  }, [selectedId])

  return (
    <main className="page" data-open={selectedId !== undefined}>
      <div className="list">
        <div className="toolbar">
          <h1>{messages.deliveries.title}</h1>
          <Filters filters={filters} subscriptions={subscriptions} onChange={setFilters} />
          <LiveToggle live={live} onChange={setLive} />
        </div>
        <DeliveryList
          deliveries={deliveries}
          organisationId={organisationId}
          subscriptions={subscriptions}
          filtered={filters.status !== undefined || filters.subscriptionId !== undefined}
          selectedId={selectedId}
          onSelect={setSelectedId}
          onClearFilters={() => setFilters(noFilters)}
        />
      </div>
      {selectedId && (
        <Detail
          key={selectedId}
          id={selectedId}
          access={access}
          subscriptions={subscriptions}
          onClose={close}
        />
      )}
    </main>
  )
}

function everyMinute(): number {
  return 60_000
}
