import type { Subscription, SubscriptionPage } from '@posthorn/sdk'
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyProblem } from '../ui/notify.ts'
import { subscriptionKey, subscriptionsKey } from './keys.ts'

type Pages = InfiniteData<SubscriptionPage, string | undefined>

/** Puts what is known of a subscription into whatever shows it. */
export function useShowSubscription() {
  const { organisationId } = useAccess()
  const queries = useQueryClient()
  return (id: string, change: (subscription: Subscription) => Subscription) => {
    const changed = (row: Subscription) => (row.id === id ? change(row) : row)
    queries.setQueryData<Subscription>(
      subscriptionKey(organisationId, id),
      (row) => row && changed(row),
    )
    queries.setQueriesData<Pages>(
      { queryKey: [...subscriptionsKey(organisationId), 'list'] },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, data: page.data.map(changed) })),
        },
    )
  }
}

/** Pauses or resumes: shown at once, and taken back when the server refuses. */
export function useSetActive() {
  const t = useMessages().common
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const show = useShowSubscription()
  return useMutation({
    mutationFn: ({ subscription, active }: { subscription: Subscription; active: boolean }) =>
      active
        ? client.subscriptions.resume(subscription.id)
        : client.subscriptions.pause(subscription.id),
    onMutate: async ({ subscription, active }) => {
      // An answer that is under way would show what was before.
      await queries.cancelQueries({ queryKey: subscriptionsKey(organisationId) })
      await queries.cancelQueries({
        queryKey: subscriptionKey(organisationId, subscription.id),
        exact: true,
      })
      show(subscription.id, (row) => ({ ...row, status: active ? 'active' : 'paused' }))
    },
    onSuccess: (answer) => show(answer.id, () => answer),
    onError: (error, { subscription }) => {
      show(subscription.id, () => subscription)
      notifyProblem(error, t)
    },
  })
}

/** Deletes one. Whoever asks says whether it worked. */
export function useDeleteSubscription() {
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  return async (id: string) => {
    await client.subscriptions.delete(id)
    await queries.invalidateQueries({ queryKey: subscriptionsKey(organisationId) })
  }
}
