DROP INDEX "domain_events_entity_idx";--> statement-breakpoint
CREATE INDEX "domain_events_entity_idx" ON "domain_events" USING btree ("entity_id","id");--> statement-breakpoint
-- The restricting policies are the API role's alone from here on, and made with the role (server/database/roles.ts).
DO $$
DECLARE
	tenant_table text;
BEGIN
	FOREACH tenant_table IN ARRAY ARRAY['domain_events', 'delivery_queue', 'deliveries', 'delivery_attempts',
		'subscriptions', 'api_keys', 'replays', 'delivery_stats', 'subscription_health']
	LOOP
		EXECUTE format('DROP POLICY own_organisation ON %I', tenant_table);
	END LOOP;
END
$$;
