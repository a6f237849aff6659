-- The old table of the example, as a dashboard may have it, with a few rows of the last days.
CREATE TABLE public.issue_events (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  issue_id    uuid NOT NULL,
  tenant_id   uuid,                -- what Posthorn calls the organisation
  actor_id    uuid,
  type        text NOT NULL,       -- created, status_changed, note_added, vendor_assigned, merged
  old_value   text,
  new_value   text,
  details     jsonb NOT NULL DEFAULT '{}',
  created_at  timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')  -- UTC, as Prisma writes it
);

CREATE INDEX ON public.issue_events (created_at, id);

INSERT INTO public.issue_events (issue_id, tenant_id, actor_id, type, old_value, new_value, details, created_at)
SELECT
  ('5f0c4a52-6a0e-4b0e-9a86-' || lpad((n / 4)::text, 12, '0'))::uuid,
  '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f',
  'c1f7d5e0-90ab-4cde-8f01-23456789abcd',
  (ARRAY['created', 'status_changed', 'note_added', 'vendor_assigned'])[1 + n % 4],
  CASE WHEN n % 4 = 1 THEN 'open' END,
  CASE WHEN n % 4 = 1 THEN 'in_progress' END,
  CASE n % 4
    WHEN 0 THEN '{"title": "Wasser tropft 🚰", "priority": "urgent"}'
    WHEN 2 THEN '{"text": "Key is with the caretaker"}'
    ELSE '{}'
  END::jsonb,
  (now() AT TIME ZONE 'UTC') - interval '2 hours' - n * interval '7 minutes'
FROM generate_series(0, 199) n;

-- What becomes no event: a type that nobody needs any more, and a row without an owner.
INSERT INTO public.issue_events (issue_id, tenant_id, type, created_at) VALUES
  ('5f0c4a52-6a0e-4b0e-9a86-000000000001', '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f', 'merged',
    (now() AT TIME ZONE 'UTC') - interval '1 day'),
  ('5f0c4a52-6a0e-4b0e-9a86-000000000002', NULL, 'note_added', (now() AT TIME ZONE 'UTC') - interval '1 day');
