-- What drizzle cannot declare: defaults that depend on the server, storage of the hot table,
-- the buckets, and row-level security.

-- An id of its own for every plain INSERT: Postgres 18 has uuidv7(), before it we bring one (RFC 9562 §5.7).
DO $$
BEGIN
	IF current_setting('server_version_num')::int >= 180000 THEN
		ALTER TABLE domain_events ALTER COLUMN id SET DEFAULT uuidv7();
	ELSE
		CREATE FUNCTION new_uuidv7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $f$
			SELECT (lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
				|| '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid
		$f$;
		ALTER TABLE domain_events ALTER COLUMN id SET DEFAULT new_uuidv7();
	END IF;
END
$$;
--> statement-breakpoint
-- Rows live for milliseconds: vacuum early and at full speed, never take the lock that truncates.
ALTER TABLE delivery_queue SET (
	fillfactor = 70, vacuum_truncate = off,
	autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
	autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
);
--> statement-breakpoint
INSERT INTO buckets (bucket) SELECT generate_series(0, 63);
--> statement-breakpoint
INSERT INTO subscription_revision (id, revision) VALUES (1, 0);
--> statement-breakpoint
-- Only the API's role is held to one organisation (or '*', the platform); for everyone else, the host
-- with its own INSERTs among them, the rows are as if there were no policy. An unset organisation sees nothing.
DO $$
DECLARE
	tenant_table text;
BEGIN
	FOREACH tenant_table IN ARRAY ARRAY['domain_events', 'delivery_queue', 'deliveries', 'delivery_attempts',
		'subscriptions', 'api_keys']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
		EXECUTE format('CREATE POLICY everyone ON %I USING (true) WITH CHECK (true)', tenant_table);
		EXECUTE format(
			'CREATE POLICY own_organisation ON %I AS RESTRICTIVE '
			'USING (current_user <> ''posthorn_api'' OR current_setting(''posthorn.organisation_id'', true) IN (''*'', organisation_id::text)) '
			'WITH CHECK (current_user <> ''posthorn_api'' OR current_setting(''posthorn.organisation_id'', true) IN (''*'', organisation_id::text))',
			tenant_table);
	END LOOP;
END
$$;
