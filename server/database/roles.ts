import type { Logger } from '../kernel/logger.ts'
import type { Database, Tx } from './database.ts'
import { isLostRace, isUniqueViolation } from './sql-state.ts'

/** The roles that connections take on. Names are cluster-wide and fixed: the policies name `posthorn_api`. */
export const roles = { api: 'posthorn_api', dispatcher: 'posthorn_dispatcher' } as const

/** Tables whose rows nobody changes or removes but the owner, who keeps house. */
const appendOnly = `('audit_log')`

/** Since Postgres 16 a login that creates a role is a member of it, yet must be granted to take it on. */
const maySetRole =
  "case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end"

/** Which roles this login can take on. Without them the organisation predicates still hold, row-level security does not. */
export interface AvailableRoles {
  api: boolean
  dispatcher: boolean
}

/**
 * Creates the two roles and grants them the tables, where this login may; run after every migration, so that an
 * operator who grants the right later gets row-level security at the next start.
 */
export async function ensureRoles(
  db: Database,
  schema: string,
  log: Logger,
): Promise<AvailableRoles> {
  for (const role of Object.values(roles)) {
    try {
      await prepareRole(db, schema, role)
    } catch (error) {
      log.warn(
        { err: error, role },
        'the role could not be prepared; row-level security is not in force',
      )
    }
  }
  return findRoles(db, schema)
}

/** Which of the roles this login can take on and use. */
export async function findRoles(db: Database, schema: string): Promise<AvailableRoles> {
  const [row] = await db.query(
    (sql) => sql<AvailableRoles[]>`
      select coalesce(bool_or(rolname = ${roles.api}), false) as api,
        coalesce(bool_or(rolname = ${roles.dispatcher}), false) as dispatcher
      from pg_roles
      where rolname in (${roles.api}, ${roles.dispatcher})
        and pg_has_role(current_user, oid, 'member')
        and coalesce(has_schema_privilege(oid, to_regnamespace(${schema})::oid, 'usage'), false)`,
  )
  return row ?? { api: false, dispatcher: false }
}

/** One process at a time per database; in another database of the server, one may be at the same roles. */
async function prepareRole(db: Database, schema: string, role: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.transaction((tx) => createAndGrant(tx, schema, role))
      return
    } catch (error) {
      if (attempt === 5 || !(isLostRace(error) || isUniqueViolation(error))) throw error
    }
  }
}

async function createAndGrant(tx: Tx, schema: string, role: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('posthorn.roles'))`
  await tx.unsafe(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then
        create role ${role} nologin;
      end if;
      if not pg_has_role(current_user, '${role}', ${maySetRole}) then
        grant ${role} to current_user;
      end if;
    end $$`)
  // The parents only: a partition reached by its own name would have no policy.
  await tx.unsafe(`
    do $$ declare name text; begin
      if not has_schema_privilege('${role}', '${schema}', 'usage') then
        grant usage on schema ${schema} to ${role};
      end if;
      for name in select c.oid::regclass::text from pg_class c
        where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and c.relname <> '__drizzle_migrations' and c.relname not in ${appendOnly}
          and not (has_table_privilege('${role}', c.oid, 'select') and has_table_privilege('${role}', c.oid, 'insert')
            and has_table_privilege('${role}', c.oid, 'update') and has_table_privilege('${role}', c.oid, 'delete'))
      loop
        execute 'grant select, insert, update, delete on ' || name || ' to ${role}';
      end loop;
      for name in select c.oid::regclass::text from pg_class c
        where c.relnamespace = '${schema}'::regnamespace and c.relname in ${appendOnly}
          and not (has_table_privilege('${role}', c.oid, 'select') and has_table_privilege('${role}', c.oid, 'insert')
            and not has_table_privilege('${role}', c.oid, 'update, delete, truncate'))
      loop
        execute 'revoke all on ' || name || ' from ${role}';
        execute 'grant select, insert on ' || name || ' to ${role}';
      end loop;
    end $$`)
  if (role === roles.api) await createPolicies(tx, schema)
}

/**
 * The API's role sees one organisation (or `*`, the platform), nothing when none is set. The dispatcher's has no
 * restricting policy at all: its mere presence would keep its statements from indexes on expressions. A login that is a
 * member of the API's role inherits the policy, so the policy asks who is acting.
 */
async function createPolicies(tx: Tx, schema: string): Promise<void> {
  const own =
    `current_user <> '${roles.api}' or ` +
    `current_setting('posthorn.organisation_id', true) in ('*', organisation_id::text)`
  await tx.unsafe(`
    do $$ declare name text; begin
      for name in select c.oid::regclass::text from pg_class c
        where c.relnamespace = '${schema}'::regnamespace and c.relrowsecurity and not c.relispartition
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_organisation')
      loop
        execute 'create policy own_organisation on ' || name || ' as restrictive to ${roles.api} '
          || $policy$using (${own}) with check (${own})$policy$;
      end loop;
    end $$`)
}
