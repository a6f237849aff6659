import { useQuery } from '@tanstack/react-query'
import { useAccess } from '../session/session-context.ts'

export function useSystem() {
  const { client } = useAccess()
  return useQuery({
    queryKey: ['system'],
    queryFn: () => client.system(),
    refetchInterval: 5000,
  })
}
