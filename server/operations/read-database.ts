import type { Context } from '../context.ts'
import type { System } from './schemas.ts'

/**
 * The embedded server is known by its settings file. Only a superuser sees where a setting comes from, as the login of
 * the embedded server is.
 */
export async function readDatabase(ctx: Context): Promise<System['database']> {
  const [row] = await ctx.database.owner.query(
    (sql) => sql<System['database'][]>`
      select split_part(current_setting('server_version'), ' ', 1) as version,
        pg_database_size(current_database()) as bytes,
        (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
        current_setting('max_connections')::int as connections_max,
        exists (select from pg_settings where name = 'port' and sourcefile like '%posthorn.conf') as embedded`,
  )
  return row as System['database']
}
