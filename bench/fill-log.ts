import type postgres from 'postgres'

export interface LogSize {
  finished: number
  pending: number
}

/** Whom the log is about: the first organisation has 30 % of it, the second 10 %, the others share the rest. */
export const organisationCount = 1000
const days = 28
const chunk = 500_000

/** Functions that the rows are computed with: everything follows from a number. */
const functions = `
  create function bench_id(ms bigint, seed text) returns uuid language sql immutable as $$
    select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(m, 1, 3) || '-8' || substr(m, 4, 3) || '-' ||
      substr(m, 7, 12))::uuid from (select lpad(to_hex(ms), 12, '0') as h, md5(seed) as m) s $$;
  create function bench_organisation(event bigint) returns int language sql immutable as $$
    select case when event % 10 < 3 then 0 when event % 10 = 3 then 1
      else 2 + (event * 7919 % ${organisationCount - 2})::int end $$;
  create function bench_organisation_id(number int) returns uuid language sql immutable as $$
    select bench_id(1, 'organisation' || number) $$;
  -- Place 0 is the platform's subscription, which hears everybody.
  create function bench_subscription_id(organisation int, place int) returns uuid language sql immutable as $$
    select bench_id(1, 'subscription' || case when place = 0 then 'platform' else organisation || ':' || place end) $$;
  create function bench_entity_id(organisation int, event bigint) returns uuid language sql immutable as $$
    select bench_id(1, 'entity' || organisation || ':' || event % 3000) $$;
  create function bench_type(event bigint) returns text language sql immutable as $$
    select case when event % 20000 = 7 then 'RareThing' else 'Issue' || (array['Created', 'StatusChanged', 'NoteAdded',
      'Assigned', 'Closed'])[1 + (sqrt(event % 25))::int % 5] end $$;`

/** Fills the tables by SQL: five deliveries per event, 5 % of them failed; what waits is mostly for one endpoint. */
export async function fillLog(sql: postgres.Sql, size: LogSize, nowMs: number): Promise<void> {
  await sql.unsafe(functions)
  await sql`insert into subscriptions (id, organisation_id, url, secret, revision)
    select bench_subscription_id(o, p), bench_organisation_id(o), 'https://example.com/', 'whsec_bench', 0
    from generate_series(0, ${organisationCount - 1}::int) o, generate_series(1, 4) p
    union all select bench_subscription_id(0, 0), null, 'https://example.com/', 'whsec_bench', 0`
  const events = Math.ceil(size.finished / 5)
  const startMs = nowMs - days * 86_400_000
  const stepMs = (days * 86_400_000) / events
  for (let from = 0; from < events; from += chunk / 5) {
    const to = Math.min(events, from + chunk / 5) - 1
    await insertEvents(sql, { from, to, startMs, stepMs, seed: 'event' })
    await sql.unsafe(`insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger,
        event_type, entity_type, entity_id, last_status_code, last_error, last_outcome, last_duration_ms, finished_at)
      select bench_organisation_id(o), bench_id(ms, 'delivery' || n || ':' || p), bench_id(ms, 'event' || n),
        bench_subscription_id(o, p), case when bad then 'failed' else 'succeeded' end, case when bad then 10 else 1 end,
        'event', bench_type(n), 'Issue', bench_entity_id(o, n),
        case when not bad then 200 when n % 3 = 0 then null when n % 3 = 1 then 503 else 500 end,
        case when not bad then null when n % 3 = 0 then 'no answer within 20 s' else 'answered 50x' end,
        case when not bad then 'succeeded' when n % 3 = 0 then 'timeout' else 'http_status' end,
        20 + n % 400, to_timestamp(ms / 1000.0)
      from (select n, p, bench_organisation(n) as o, (${startMs} + n * ${stepMs})::bigint as ms,
          case when p = 1 and bench_organisation(n) = 0 then n % 4 = 0 else (n * 5 + p) % 27 = 0 end as bad
        from generate_series(${from}::bigint, ${to}) n, generate_series(0, 4) p) s`)
  }
  const waitingStart = nowMs - 2 * 86_400_000
  const waitingStep = (2 * 86_400_000) / size.pending
  for (let from = 0; from < size.pending; from += chunk) {
    const to = Math.min(size.pending, from + chunk) - 1
    const range = { from, to, startMs: waitingStart, stepMs: waitingStep, seed: 'waiting' } as const
    await insertEvents(sql, range)
    await sql.unsafe(`insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, attempts, due_at,
        last_status_code, last_error, last_outcome)
      select bench_organisation_id(o), bench_id(ms, 'queued' || n), bench_id(ms, 'waiting' || n),
        case when o = 0 then bench_subscription_id(0, 2) else bench_subscription_id(o, 1 + (n % 4)::int) end,
        bucket_of(bench_organisation_id(o)), tried, now() + interval '1 day',
        case when tried > 0 then 503 end, case when tried > 0 then 'answered 503' end,
        case when tried > 0 then 'http_status' end
      from (select n, case when n % 10 < 8 then 0 else bench_organisation(n) end as o, (n % 3)::int as tried,
        (${waitingStart} + n * ${waitingStep})::bigint as ms from generate_series(${from}::bigint, ${to}) n) s`)
  }
  await sql.unsafe('vacuum analyze deliveries')
  await sql.unsafe('vacuum analyze delivery_queue')
  await sql.unsafe('vacuum analyze domain_events')
}

interface EventRange {
  from: number
  to: number
  startMs: number
  stepMs: number
  seed: 'event' | 'waiting'
}

function insertEvents(sql: postgres.Sql, { from, to, startMs, stepMs, seed }: EventRange) {
  const organisation =
    seed === 'event'
      ? 'bench_organisation(n)'
      : 'case when n % 10 < 8 then 0 else bench_organisation(n) end'
  return sql.unsafe(`insert into domain_events (id, entity_type, entity_id, event_type, data, organisation_id,
      correlation_id, published_at, created_at)
    select bench_id(ms, '${seed}' || n), 'Issue', bench_entity_id(o, n), bench_type(n), '{"from":"open","to":"closed"}',
      bench_organisation_id(o), case when n % 5 = 0 then bench_id(1, 'correlation' || n % 100000) end,
      to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0)
    from (select n, ${organisation} as o, (${startMs} + n * ${stepMs})::bigint as ms
      from generate_series(${from}::bigint, ${to}) n) s`)
}
