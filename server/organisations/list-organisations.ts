import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import {
  type OrganisationRow,
  organisationColumns,
  presentOrganisation,
} from './present-organisation.ts'
import type { Organisation } from './schemas.ts'

/** Names have no index, for organisations are few: a search looks at all of them, up to this many. */
const searchedMax = 50_000

export interface OrganisationQuery {
  limit: number
  cursor?: string | undefined
  /** A part of the name, or the beginning of the id. */
  q?: string | undefined
}

/** Newest first. Platform credentials only: the caller has seen to that. */
export async function listOrganisations(
  ctx: Context,
  query: OrganisationQuery,
): Promise<Page<Organisation>> {
  const { limit, q } = query
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const rows = await asTenant(
    ctx.database.api,
    'platform',
    async (tx) =>
      // Ids are the dashboard's and say nothing of time, and a cursor of milliseconds would skip rows within
      // one: so the cursor is an id, and its row says where the page begins.
      tx<OrganisationRow[]>`
        select ${organisationColumns(tx)}
        from ${q === undefined ? tx`organisations` : tx`(select * from organisations limit ${searchedMax}) o`}
        where ${q === undefined ? tx`true` : tx`(name ilike ${`%${literally(q)}%`} or id::text like ${`${literally(q.toLowerCase())}%`})`}
        ${
          before === undefined
            ? tx``
            : tx`and (created_at, id) < (select created_at, id from organisations where id = ${before})`
        }
        order by created_at desc, id desc limit ${limit + 1}`,
  )
  return toPage(rows, limit, presentOrganisation)
}

/** As LIKE reads it: every character means itself. */
function literally(text: string): string {
  return text.replace(/[\\_%]/g, '\\$&')
}
