import type postgres from 'postgres'
import { digestSecret, parseCredential } from '../../../server/access/credential.ts'
import { dayMs, hourMs, idAt, keys, minuteMs, organisations, subscriptions } from './seed-ids.ts'

const everyScope = ['admin']
const readScopes = ['events:read', 'subscriptions:read', 'deliveries:read']

const smallOrganisations = 130

/** Organisations, more than fit on a screen, and who may see them. */
export async function seedAccess(sql: postgres.Sql, nowMs: number): Promise<void> {
  const small = Array.from({ length: smallOrganisations }, (_, index) => ({
    id: `20000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `Estate ${String(index + 1).padStart(3, '0')}`,
    created_at: new Date(nowMs - 60 * dayMs - index * hourMs),
  }))
  const named = Object.values(organisations).map((one, index) => ({
    ...one,
    created_at: new Date(nowMs - 30 * dayMs - index * hourMs),
  }))
  await sql`insert into organisations ${sql([...named, ...small])}`
  await sql`update organisations set quota_subscriptions = 2 where id = ${organisations.large.id}`
  const { acme, large, hostile, empty } = organisations
  const seeds = [
    { key: keys.platform, organisationId: null, name: 'Operators', scopes: everyScope },
    { key: keys.acme, organisationId: acme.id, name: 'Administrator', scopes: everyScope },
    { key: keys.reader, organisationId: acme.id, name: 'Reader', scopes: readScopes },
    { key: keys.large, organisationId: large.id, name: 'Administrator', scopes: everyScope },
    { key: keys.hostile, organisationId: hostile.id, name: '<b>key</b>', scopes: everyScope },
    { key: keys.empty, organisationId: empty.id, name: 'Administrator', scopes: everyScope },
    { name: 'Expired last week', expires_at: new Date(nowMs - 7 * dayMs) },
    { name: 'Revoked yesterday', revoked_at: new Date(nowMs - dayMs) },
    {
      name: 'Rotated an hour ago',
      previous_secret_digest: digestSecret('the one before'),
      previous_secret_expires_at: new Date(nowMs + 23 * hourMs),
      last_used_at: new Date(nowMs - 3 * minuteMs),
    },
    { name: 'Expires the day after tomorrow', expires_at: new Date(nowMs + 2 * dayMs) },
  ]
  for (const [index, seed] of seeds.entries()) {
    const {
      key = `ph_${String(index).repeat(12)}_${'z'.repeat(43)}`,
      organisationId = acme.id,
      ...rest
    } = seed
    const parts = parseCredential(key)
    if (parts === undefined) throw new Error('A seeded key has not the format of a key')
    await sql`insert into api_keys ${sql({
      id: `01990002-0000-7000-8000-${String(index + 1).padStart(12, '0')}`,
      organisation_id: organisationId,
      prefix: parts.prefix,
      secret_digest: digestSecret(parts.secret),
      scopes: readScopes,
      created_at: new Date(nowMs - 20 * dayMs),
      ...rest,
    })}`
  }
  await seedPortalTokens(sql, nowMs)
}

async function seedPortalTokens(sql: postgres.Sql, nowMs: number): Promise<void> {
  const tokens = [
    { subject: 'ada@harbour.example', expires_at: new Date(nowMs + 40 * minuteMs) },
    { subject: 'grace@harbour.example', expires_at: new Date(nowMs - hourMs) },
    {
      subject: null,
      expires_at: new Date(nowMs + 50 * minuteMs),
      revoked_at: new Date(nowMs - minuteMs),
    },
  ]
  for (const [index, token] of tokens.entries()) {
    await sql`insert into portal_tokens ${sql({
      organisation_id: organisations.acme.id,
      id: idAt(nowMs - (index + 1) * 10 * minuteMs, `portal ${index}`),
      prefix: `pt_${String(index).repeat(12)}`,
      secret_digest: digestSecret(`portal ${index}`),
      scopes: readScopes,
      allowed_origins: index === 0 ? ['https://dashboard.harbour.example'] : [],
      created_by: 'api_key:01990002-0000-7000-8000-000000000002',
      created_at: new Date(nowMs - (index + 1) * 10 * minuteMs),
      ...token,
    })}`
  }
}

const actions = [
  ['subscription.created', 'subscription', subscriptions.fresh],
  ['subscription.updated', 'subscription', subscriptions.stumbling],
  ['subscription.paused', 'subscription', subscriptions.paused],
  ['subscription.secret_rotated', 'subscription', subscriptions.working],
  ['api_key.created', 'api_key', '01990002-0000-7000-8000-000000000003'],
  ['api_key.revoked', 'api_key', '01990002-0000-7000-8000-000000000008'],
  ['organisation.updated', 'organisation', organisations.acme.id],
] as const

const auditEntries = 140

/** A few months of changes, one of them with a hostile name. */
export async function seedAudit(sql: postgres.Sql, nowMs: number): Promise<void> {
  const rows = Array.from({ length: auditEntries }, (_, index) => {
    const [action, kind, target] = actions[index % actions.length] as (typeof actions)[number]
    const atMs = nowMs - index * 5 * hourMs - minuteMs
    return {
      id: idAt(atMs, `audit ${index}`),
      organisation_id: index % 20 === 19 ? organisations.hostile.id : organisations.acme.id,
      actor_kind: index % 6 === 5 ? 'portal_token' : 'api_key',
      actor_id: '01990002-0000-7000-8000-000000000002',
      actor_name: index % 20 === 19 ? '<script>window.pwned = 1</script>' : 'Administrator',
      action,
      target_kind: kind,
      target_id: target,
      before: action.endsWith('created')
        ? null
        : sql.json({ description: 'Before', rateLimit: 10 }),
      after: action.endsWith('revoked') ? null : sql.json({ description: 'After', rateLimit: 50 }),
      ip_address: '203.0.113.7',
      user_agent: 'Mozilla/5.0',
      request_id: idAt(atMs, `request ${index}`),
      created_at: new Date(atMs),
    }
  })
  await sql`insert into audit_log ${sql(rows)}`
}
