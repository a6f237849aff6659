CREATE TABLE "replays" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"mode" text NOT NULL,
	"filter" jsonb NOT NULL,
	"delivery_ids" uuid[],
	"status" text DEFAULT 'running' NOT NULL,
	"rate_per_second" integer,
	"cursor" jsonb,
	"queued" integer DEFAULT 0 NOT NULL,
	"skipped" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error" text,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"owner" uuid,
	"lease_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "delivery_stats" (
	"organisation_id" uuid NOT NULL,
	"grain_minutes" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"subscription_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"attempts_succeeded" integer DEFAULT 0 NOT NULL,
	"attempts_redirect" integer DEFAULT 0 NOT NULL,
	"attempts_client_error" integer DEFAULT 0 NOT NULL,
	"attempts_server_error" integer DEFAULT 0 NOT NULL,
	"attempts_timeout" integer DEFAULT 0 NOT NULL,
	"attempts_network" integer DEFAULT 0 NOT NULL,
	"deliveries_succeeded" integer DEFAULT 0 NOT NULL,
	"deliveries_failed" integer DEFAULT 0 NOT NULL,
	"duration_ms_total" bigint DEFAULT 0 NOT NULL,
	"duration_histogram" integer[] NOT NULL,
	CONSTRAINT "delivery_stats_organisation_id_grain_minutes_at_subscription_id_event_type_pk" PRIMARY KEY("organisation_id","grain_minutes","at","subscription_id","event_type")
);
--> statement-breakpoint
CREATE TABLE "stream_listeners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_health" (
	"subscription_id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"failing_since" timestamp with time zone,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"last_success_at" timestamp with time zone,
	"last_failure_at" timestamp with time zone,
	"last_outcome" text,
	"last_error" text
);
--> statement-breakpoint
DROP INDEX "deliveries_event_idx";--> statement-breakpoint
DROP INDEX "delivery_queue_event_idx";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "last_outcome" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "last_duration_ms" integer;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "replay_id" uuid;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "last_outcome" text;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "order_key" uuid;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "replay_id" uuid;--> statement-breakpoint
CREATE INDEX "replays_organisation_idx" ON "replays" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "replays_status_idx" ON "replays" USING btree ("status");--> statement-breakpoint
CREATE INDEX "deliveries_id_idx" ON "deliveries" USING btree ("id");--> statement-breakpoint
CREATE INDEX "deliveries_replay_idx" ON "deliveries" USING btree ("replay_id","id") WHERE "deliveries"."replay_id" is not null;--> statement-breakpoint
CREATE INDEX "delivery_queue_order_idx" ON "delivery_queue" USING btree ("bucket","subscription_id","order_key","event_id") WHERE "delivery_queue"."order_key" is not null;--> statement-breakpoint
CREATE INDEX "delivery_queue_replay_idx" ON "delivery_queue" USING btree ("replay_id") WHERE "delivery_queue"."replay_id" is not null;--> statement-breakpoint
-- Rows that are written over and over: leave room for it on the page, and vacuum early.
ALTER TABLE delivery_stats SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
--> statement-breakpoint
-- The same policies as every tenant table has (0001).
DO $$
DECLARE
	tenant_table text;
BEGIN
	FOREACH tenant_table IN ARRAY ARRAY['replays', 'delivery_stats', 'subscription_health']
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
