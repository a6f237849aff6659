import type postgres from 'postgres'
import {
  dayMs,
  hourMs,
  minuteMs,
  organisations,
  type SubscriptionName,
  subscriptions,
} from './seed-ids.ts'

interface SubscriptionSeed {
  organisation?: keyof typeof organisations
  url: string
  columns?: Record<string, unknown>
  health?: Record<string, unknown>
}

const secret = `whsec_${Buffer.from('0'.repeat(43)).toString('base64')}`
/** The first pair of RFC 8032, §7.1. */
const pair = `whsk_${Buffer.from(
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60' +
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  'hex',
).toString('base64')}`
const schedule = [5, 300, 1800]

function seedsAt(nowMs: number): Record<SubscriptionName, SubscriptionSeed> {
  const ago = (ms: number) => new Date(nowMs - ms)
  return {
    working: {
      organisation: 'acme',
      url: 'https://n8n.harbour.example/webhook/posthorn',
      columns: { description: 'Workflows in n8n', uid: 'n8n:workflow-17' },
      health: { last_success_at: ago(minuteMs), last_outcome: 'succeeded' },
    },
    stumbling: {
      organisation: 'acme',
      url: 'https://crm.harbour.example/hooks/property-management?region=eu-west',
      columns: {
        description: 'CRM',
        entity_types: ['Tenant', 'Property'],
        headers: { 'x-environment': 'production', authorization: 'Bearer of-the-receiver' },
        rate_limit: 50,
      },
      health: {
        last_success_at: ago(2 * minuteMs),
        last_failure_at: ago(minuteMs),
        consecutive_failures: 1,
        last_outcome: 'timeout',
        last_error: 'no answer within 20 s',
      },
    },
    failing: {
      organisation: 'acme',
      url: 'https://erp.harbour.example/in',
      columns: { description: 'ERP', event_types: ['Issue*', 'Document*'] },
      health: {
        failing_since: ago(3 * dayMs),
        last_failure_at: ago(4 * minuteMs),
        consecutive_failures: 412,
        last_outcome: 'http_status',
        last_error: 'answered 503',
      },
    },
    paused: {
      organisation: 'acme',
      url: 'https://archive.harbour.example/v2/ingest',
      columns: { description: 'Archive, paused for its migration', status: 'paused' },
      health: { last_success_at: ago(7 * hourMs), last_outcome: 'succeeded' },
    },
    disabled: {
      organisation: 'acme',
      url: 'https://old-portal.harbour.example/notify',
      columns: {
        description: 'The old tenant portal',
        status: 'disabled',
        disabled_reason: 'The receiver answered 410 Gone.',
        event_types: ['Tenant*'],
      },
      health: {
        last_failure_at: ago(2 * dayMs),
        consecutive_failures: 1,
        last_outcome: 'gone',
        last_error: 'answered 410 Gone: the receiver wants no more',
      },
    },
    ordered: {
      organisation: 'acme',
      url: 'https://search.harbour.example/index',
      columns: {
        description: 'Search index, in order per entity',
        ordering: 'entity',
        signing: 'ed25519',
        secret: pair,
        timeout_ms: 5000,
        filter: {
          any: [
            { path: 'status', equals: 'open' },
            { path: 'cost', greaterThan: 100 },
          ],
        },
        metadata: { team: 'search', tier: 'gold' },
      },
      health: { last_success_at: ago(5 * minuteMs), last_outcome: 'succeeded' },
    },
    fresh: {
      organisation: 'acme',
      url: 'https://new.harbour.example/webhooks',
      columns: { description: 'Not used yet', event_types: ['ConversationMessageSent'] },
    },
    every: {
      organisation: 'acme',
      url: 'https://partner.harbour.example/gateway',
      columns: { description: 'A partner who fails in every way there is' },
      health: {
        last_success_at: ago(30 * minuteMs),
        last_failure_at: ago(20 * minuteMs),
        consecutive_failures: 3,
        last_outcome: 'dns',
        last_error: 'the name of the host could not be resolved',
      },
    },
    platform: {
      url: 'https://context.platform.example/events',
      columns: { description: 'AI context service of the platform' },
      health: { last_success_at: ago(minuteMs), last_outcome: 'succeeded' },
    },
    largeOne: { organisation: 'large', url: 'https://one.northgate.example/hooks' },
    largeTwo: { organisation: 'large', url: 'https://two.northgate.example/hooks' },
    hostile: {
      organisation: 'hostile',
      url: 'https://evil.example/%3Cscript%3Ealert(1)%3C/script%3E?q="><img src=x onerror=alert(1)>',
      columns: {
        description: `<img src=x onerror="window.pwned=1"> \u202Etxt.exe ${'long'.repeat(120)}`,
        uid: `uid-${'x'.repeat(200)}`,
        metadata: { '<b>key</b>': '"><script>window.pwned=1</script>' },
        headers: { 'x-hostile': '<script>window.pwned=1</script>' },
      },
      health: {
        failing_since: ago(hourMs),
        last_failure_at: ago(minuteMs),
        consecutive_failures: 9007199,
        last_outcome: 'http_status',
        last_error: 'answered 500 <script>window.pwned=1</script>',
      },
    },
  }
}

export async function seedSubscriptions(sql: postgres.Sql, nowMs: number): Promise<void> {
  for (const [name, seed] of Object.entries(seedsAt(nowMs))) {
    const id = subscriptions[name as SubscriptionName]
    const organisationId = seed.organisation ? organisations[seed.organisation].id : null
    const { headers = {}, metadata = {}, filter = null, ...columns } = seed.columns ?? {}
    await sql`insert into subscriptions ${sql({
      id,
      organisation_id: organisationId,
      url: seed.url,
      secret,
      revision: 0,
      retry_schedule_seconds: schedule,
      created_at: new Date(nowMs - 40 * dayMs),
      updated_at: new Date(nowMs - 9 * dayMs),
      headers: sql.json(headers as postgres.JSONValue),
      metadata: sql.json(metadata as postgres.JSONValue),
      filter: filter === null ? null : sql.json(filter as postgres.JSONValue),
      ...columns,
    })}`
    if (seed.health) {
      const health = { subscription_id: id, organisation_id: organisationId, ...seed.health }
      await sql`insert into subscription_health ${sql(health)}`
    }
  }
}
