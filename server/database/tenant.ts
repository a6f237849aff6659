import type { Database, Tx } from './database.ts'

/**
 * A transaction that sees and touches one organisation's rows only, or with `platform` every organisation's: the
 * policies compare each row with the setting made here. Without it they show nothing.
 */
export async function asTenant<T>(
  db: Database,
  organisationId: string | 'platform',
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const scope = organisationId === 'platform' ? '*' : toScope(organisationId)
  return db.transaction((tx) => {
    // Not awaited: it travels with the work's first statement and runs before it. If it fails, nothing is seen and
    // nothing commits.
    tx`select set_config('posthorn.organisation_id', ${scope}, true)`.execute()
    return work(tx)
  })
}

/** As Postgres prints a uuid, which is what the policies compare with. `*`, the platform, must not get in this way. */
function toScope(organisationId: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(organisationId)) {
    throw new Error('asTenant needs the UUID of an organisation')
  }
  return organisationId.toLowerCase()
}
