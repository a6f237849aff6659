import { useQuery } from '@tanstack/react-query'
import { useAccess, useCan } from '../session/session-context.ts'

const refetchMs = 5000

/** What an organisation has already of what it needs; undefined once it has had a delivery. */
export interface SetupSteps {
  key: boolean
  event: boolean
  subscription: boolean
  delivery: boolean
}

/** Asked only where nothing was delivered lately, until something is. */
export function useSetup(quiet: boolean) {
  const { client, organisationId, session } = useAccess()
  const can = useCan()
  return useQuery({
    queryKey: [organisationId, 'setup'],
    queryFn: async (): Promise<SetupSteps> => {
      const some = async (readable: boolean, list: () => Promise<{ data: unknown[] }>) =>
        readable && (await list()).data.length > 0
      const [key, event, subscription, delivery] = await Promise.all([
        // Who is signed in with one has one.
        session.kind === 'api_key' && session.organisationId !== null
          ? true
          : some(can('admin'), () => client.apiKeys.list({ limit: 1 })),
        some(can('events:read'), () => client.events.list({ limit: 1 })),
        some(can('subscriptions:read'), () => client.subscriptions.list({ limit: 1 })),
        some(true, () => client.deliveries.list({ limit: 1 })),
      ])
      return { key, event, subscription, delivery }
    },
    enabled: quiet && organisationId !== null,
    refetchInterval: ({ state }) => (state.data?.delivery === false ? refetchMs : false),
  })
}
