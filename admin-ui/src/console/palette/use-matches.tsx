import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Building2, Layers, Webhook } from 'lucide-react'
import { useEventTypes } from '../../filter/use-event-types.ts'
import { nameSubscription } from '../../filter/use-subscription-names.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess, useCan } from '../../session/session-context.ts'
import { toActions } from './to-actions.tsx'

const hitsMax = 5

/** Subscriptions, event types and organisations that have the text in them. */
export function useMatches(text: string) {
  const t = useMessages().palette
  const { client, session, organisationId } = useAccess()
  const can = useCan()
  const navigate = useNavigate()
  const trimmed = text.trim()
  const [q] = useDebouncedValue(trimmed, 200)
  const asked = q.length >= 2
  const subscriptions = useQuery({
    queryKey: [organisationId, 'subscriptions', 'palette', q],
    queryFn: () => client.subscriptions.list({ q, limit: hitsMax }),
    enabled: asked && can('subscriptions:read'),
  })
  const eventTypes = useEventTypes(asked)
  const organisations = useQuery({
    queryKey: ['organisations', 'palette', q],
    queryFn: () => client.organisations.list({ q, limit: hitsMax }),
    enabled: asked && session.organisationId === null,
  })
  const types = asked
    ? (eventTypes.data ?? [])
        .filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()))
        .slice(0, hitsMax)
    : []
  const groups = [
    ...toActions(
      t.groups.subscriptions,
      (subscriptions.data?.data ?? []).map(({ id, uid, url, description, organisationId }) => ({
        id: `subscription ${id}`,
        label: nameSubscription({ id, uid, url, description }),
        ...(description && url !== null && { description: url }),
        icon: Webhook,
        keywords: trimmed,
        run: () =>
          void navigate({
            to: '/subscriptions/$id',
            params: { id },
            search: ofOrganisation(organisationId),
          }),
      })),
    ),
    ...toActions(
      t.groups.eventTypes,
      types.map(({ name, description }) => ({
        id: `eventType ${name}`,
        label: name,
        description: description ?? '',
        icon: Layers,
        run: () => void navigate({ to: '/catalogue/$name', params: { name } }),
      })),
    ),
    ...toActions(
      t.groups.organisations,
      (organisations.data?.data ?? []).map(({ id, name }) => ({
        id: `organisation ${id}`,
        label: name ?? id,
        ...(name && { description: id }),
        icon: Building2,
        keywords: trimmed,
        run: () => void navigate({ to: '/', search: { organisationId: id } }),
      })),
    ),
  ]
  const isSearching =
    q !== trimmed || [subscriptions, eventTypes, organisations].some(({ isFetching }) => isFetching)
  return { groups, isSearching }
}

/** For a platform operator, who may look at another one's: the address says whose. */
export function ofOrganisation(organisationId: string | null) {
  return organisationId === null ? {} : { organisationId }
}
