import type { SubscriptionWithSecret } from '@posthorn/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Created } from './created.tsx'
import { emptyForm, fromSubscription, toInput } from './form/form-values.ts'
import { SubscriptionForm } from './form/subscription-form.tsx'
import { subscriptionKey, subscriptionsKey } from './keys.ts'

const route = getRouteApi('/subscriptions/new')

export function NewSubscriptionPage() {
  const t = useMessages().subscriptionForm
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const { eventType, copyOf } = route.useSearch()
  const [created, setCreated] = useState<SubscriptionWithSecret>()
  const copied = useQuery({
    queryKey: subscriptionKey(organisationId, copyOf ?? ''),
    queryFn: () => client.subscriptions.get(copyOf ?? ''),
    enabled: copyOf !== undefined,
    // What the form began with must not change under it.
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (created) return <Created subscription={created} />
  if (copied.error) {
    return (
      <Page title={t.newTitle}>
        <ProblemAlert error={copied.error} onRetry={() => void copied.refetch()} />
      </Page>
    )
  }
  if (copyOf && !copied.data) return <LoadingPage />
  const initial = copied.data
    ? // Its uid is its own.
      { ...fromSubscription(copied.data), uid: '' }
    : { ...emptyForm, ...(eventType && { everyEventType: false, eventTypes: [eventType] }) }
  return (
    <Page title={t.newTitle}>
      <SubscriptionForm
        initial={{ ...initial, platform: initial.platform || organisationId === null }}
        draftName={`new-${copyOf ?? eventType ?? ''}`}
        submitLabel={t.create}
        onSubmit={async (values) => {
          const owner = values.platform ? null : organisationId
          setCreated(await client.subscriptions.create(toInput(values, owner)))
          await queries.invalidateQueries({ queryKey: subscriptionsKey(organisationId) })
          return true
        }}
      />
    </Page>
  )
}
