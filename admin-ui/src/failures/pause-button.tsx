import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { nameSubscription } from '../filter/use-subscription-names.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone, notifyProblem } from '../ui/notify.ts'

/** Holds what a subscription would get until it is mended; or lets it go again. */
export function PauseButton({ id }: { id: string }) {
  const t = useMessages()
  const { client, organisationId } = useAccess()
  const queries = useQueryClient()
  const { data: subscription } = useQuery({
    queryKey: [organisationId, 'subscriptions', 'detail', id],
    queryFn: () => client.subscriptions.get(id),
  })
  const active = subscription?.status === 'active'
  const change = useMutation({
    mutationFn: () => (active ? client.subscriptions.pause(id) : client.subscriptions.resume(id)),
    onSuccess: (changed) => {
      const name = nameSubscription(changed)
      notifyDone(active ? t.failures.paused(name) : t.failures.resumed(name))
    },
    onError: (error) => notifyProblem(error, t.common),
    onSettled: () => queries.invalidateQueries({ queryKey: [organisationId, 'subscriptions'] }),
  })
  if (!subscription) return null
  return (
    <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
      {active ? t.failures.pause : t.failures.resume}
    </Button>
  )
}
