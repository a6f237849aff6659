import type { AuditAction } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { toBounds } from '../filter/time-range.ts'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useAccess } from '../session/session-context.ts'
import { momentOfId } from './moment-of-id.ts'
import type { AuditSearch } from './search.ts'

export function useAudit({ action, actorId, targetId, ...search }: AuditSearch) {
  const { client, organisationId } = useAccess()
  const { last, since, until } = search
  const filter = {
    // What is no action is for the server to refuse, in words.
    ...(action && { action: action as AuditAction }),
    ...(actorId && { actorId }),
    ...(targetId && { targetId }),
  }
  return useCursorPages(
    [organisationId, 'audit', 'list', filter, last, since, until],
    (cursor) =>
      client.audit.list({
        limit: 100,
        cursor,
        ...filter,
        ...toBounds({ last, since, until }, Date.now(), 'all'),
      }),
    { refetchMs: 15_000 },
  )
}

/** An entry of which only the id is known: ids tell when they were made. */
export function useAuditEntry(id: string, enabled: boolean) {
  const { client, organisationId } = useAccess()
  return useQuery({
    queryKey: [organisationId, 'audit', 'entry', id],
    queryFn: async () => {
      const { data } = await client.audit.list({ limit: 250, ...momentOfId(id) })
      return data.find((entry) => entry.id === id) ?? null
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
