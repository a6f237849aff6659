import type { Organisation } from './schemas.ts'
import type { organisations } from './tables.ts'

export type OrganisationRow = typeof organisations.$inferSelect

export function presentOrganisation(row: OrganisationRow): Organisation {
  return { id: row.id, name: row.name, createdAt: row.createdAt.toISOString() }
}
