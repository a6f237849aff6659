import type { Organisation, OrganisationStats } from '@posthorn/sdk'
import { useQuery } from '@tanstack/react-query'
import { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useAccess } from '../session/session-context.ts'

export type NamedOrganisation = Pick<Organisation, 'id' | 'name'>

export type OrganisationFigures = OrganisationStats['data'][number]

export interface OrganisationRow extends Organisation {
  /** Undefined for one that is not among the hundred busiest. */
  figures: OrganisationFigures | undefined
}

/** The organisations, with the figures of the busiest. */
export function useOrganisations(q: string) {
  const { client } = useAccess()
  const pages = useCursorPages(['organisations', 'list', q], (cursor) =>
    client.organisations.list({ limit: 100, cursor, ...(q && { q }) }),
  )
  const { data: stats } = useQuery({
    queryKey: ['organisations', 'stats'],
    queryFn: () => client.stats.organisations({ limit: 100 }),
    refetchInterval: 30_000,
  })
  const figures = new Map(stats?.data.map((entry) => [entry.organisationId, entry]))
  const rows: OrganisationRow[] = pages.rows.map((row) => ({
    ...row,
    figures: figures.get(row.id),
  }))
  return { ...pages, rows }
}
