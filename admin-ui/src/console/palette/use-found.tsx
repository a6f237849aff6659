import type { PosthornClient, Scope } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RotateCcw, Send, Webhook, Zap } from 'lucide-react'
import { nameSubscription } from '../../filter/use-subscription-names.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess, useCan } from '../../session/session-context.ts'
import { toActions } from './to-actions.tsx'
import { ofOrganisation } from './use-matches.tsx'

interface Found {
  kind: keyof typeof looks
  label: string
  organisationId: string | null
}

const looks = {
  delivery: { icon: Send, to: '/deliveries/$id' },
  event: { icon: Zap, to: '/events/$id' },
  subscription: { icon: Webhook, to: '/subscriptions/$id' },
  replay: { icon: RotateCcw, to: '/replays/$id' },
} as const

/** What has this id. Each kind is asked, for an id does not say of which it is. */
export function useFound(id: string | undefined) {
  const t = useMessages().palette
  const { client, organisationId } = useAccess()
  const can = useCan()
  const navigate = useNavigate()
  const { data, isFetching } = useQuery({
    queryKey: [organisationId, 'palette', id],
    queryFn: () => find(client, can, id ?? ''),
    enabled: id !== undefined,
  })
  const hits = id === undefined ? [] : (data ?? [])
  const groups = toActions(
    t.groups.found,
    hits.map(({ kind, label, organisationId }) => ({
      id: `${kind} ${id}`,
      label: `${t.kinds[kind]}: ${label}`,
      description: id ?? '',
      icon: looks[kind].icon,
      run: () =>
        void navigate({
          to: looks[kind].to,
          params: { id: id ?? '' },
          search: ofOrganisation(organisationId),
        }),
    })),
  )
  return { groups, isSearching: isFetching }
}

async function find(client: PosthornClient, can: (scope: Scope) => boolean, id: string) {
  const asked: (false | Promise<Found>)[] = [
    can('deliveries:read') &&
      client.deliveries
        .get(id)
        .then(({ eventType: label, organisationId }) => ({
          kind: 'delivery',
          label,
          organisationId,
        })),
    can('events:read') &&
      client.events
        .get(id)
        .then(({ eventType: label, organisationId }) => ({ kind: 'event', label, organisationId })),
    can('subscriptions:read') &&
      client.subscriptions.get(id).then(({ organisationId, ...subscription }) => ({
        kind: 'subscription',
        label: nameSubscription(subscription),
        organisationId,
      })),
    can('deliveries:read') &&
      client.replays
        .get(id)
        .then(({ mode: label, organisationId }) => ({ kind: 'replay', label, organisationId })),
  ]
  const answers = await Promise.allSettled(asked.filter((answer) => answer !== false))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
}
