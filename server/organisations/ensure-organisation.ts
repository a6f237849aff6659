import type { Tx } from '../database/database.ts'

/** Makes the organisation known, in the transaction of whatever first names it. */
export async function ensureOrganisation(tx: Tx, id: string): Promise<void> {
  await tx`insert into organisations (id) values (${id}) on conflict (id) do nothing`
}
