import { type AvailableRoles, roles } from '../database/roles.ts'
import type { ReadinessCheck } from './schemas.ts'

/** Whether row-level security is in force; what is missing, where it is not. */
export async function checkRoles(
  learnRoles: () => Promise<AvailableRoles>,
): Promise<ReadinessCheck[]> {
  const available = await learnRoles()
  const missing = (['api', 'dispatcher'] as const)
    .filter((role) => !available[role])
    .map((role) => roles[role])
  if (missing.length === 0) return [{ name: 'row_level_security', status: 'ok' }]
  return [
    {
      name: 'row_level_security',
      status: 'degraded',
      detail:
        `Not in force: this login cannot use ${missing.join(' and ')}. ` +
        'Grant it CREATEROLE and start again, or create the roles and grant them to it.',
    },
  ]
}
