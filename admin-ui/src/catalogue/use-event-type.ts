import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

export function useEventType(name: string) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'catalogue', 'type', name],
    queryFn: async () => {
      const type = await client.eventTypes.get(name)
      return { type, schema: jsonOf(type.schema), example: jsonOf(type.example) }
    },
  })
}

function jsonOf(value: object | null): string | undefined {
  return value === null ? undefined : JSON.stringify(value, null, 2)
}
