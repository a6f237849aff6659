-- Generated from server/*/tables.ts; by hand: this function and the PARTITION BY clauses.
-- The low six bits of an organisation's id: the bucket that one dispatcher owns (kernel/ids.ts says the same).
CREATE FUNCTION bucket_of(organisation_id uuid) RETURNS smallint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (get_byte(uuid_send(organisation_id), 15) & 63)::smallint;
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_digest" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "event_types" (
	"name" text PRIMARY KEY NOT NULL,
	"entity_type" text NOT NULL,
	"description" text NOT NULL,
	"schema" jsonb,
	"example" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"validation" text DEFAULT 'warn' NOT NULL,
	"deprecated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"status" text NOT NULL,
	"attempts" smallint NOT NULL,
	"trigger" text NOT NULL,
	"event_type" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"last_status_code" smallint,
	"last_error" text,
	"finished_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"organisation_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"trigger" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"connect_ms" integer,
	"first_byte_ms" integer,
	"url" text NOT NULL,
	"outcome" text NOT NULL,
	"status_code" smallint,
	"error" text,
	"signature" text NOT NULL,
	"request_headers" jsonb,
	"response_headers" jsonb,
	"response_body" text,
	"response_body_encoding" text,
	"response_truncated" boolean DEFAULT false NOT NULL,
	CONSTRAINT "delivery_attempts_organisation_id_delivery_id_number_pk" PRIMARY KEY("organisation_id","delivery_id","number")
) PARTITION BY RANGE ("delivery_id");
--> statement-breakpoint
CREATE TABLE "delivery_queue" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"bucket" smallint NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"attempts_before" smallint DEFAULT 0 NOT NULL,
	"trigger" text DEFAULT 'event' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_status_code" smallint,
	"last_error" text,
	CONSTRAINT "delivery_queue_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "buckets" (
	"bucket" smallint PRIMARY KEY NOT NULL,
	"owner" uuid
);
--> statement-breakpoint
CREATE TABLE "dispatchers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "domain_events" (
	"id" uuid NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"data" jsonb NOT NULL,
	"organisation_id" uuid NOT NULL,
	"user_id" uuid,
	"correlation_id" uuid,
	"source" text DEFAULT 'dashboard' NOT NULL,
	"published_at" timestamp with time zone,
	"publish_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "domain_events_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_revision" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "subscription_revision_one_row" CHECK ("subscription_revision"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"uid" text,
	"url" text NOT NULL,
	"description" text,
	"entity_types" text[],
	"event_types" text[],
	"entity_ids" uuid[],
	"filter" jsonb,
	"status" text DEFAULT 'active' NOT NULL,
	"disabled_reason" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_expires_at" timestamp with time zone,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"retry_schedule_seconds" integer[],
	"timeout_ms" integer,
	"rate_limit" integer,
	"ordering" text DEFAULT 'none' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_prefix_idx" ON "api_keys" USING btree ("prefix");--> statement-breakpoint
CREATE INDEX "api_keys_organisation_idx" ON "api_keys" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_subscription_idx" ON "deliveries" USING btree ("subscription_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_event_idx" ON "deliveries" USING btree ("organisation_id","event_id");--> statement-breakpoint
CREATE INDEX "deliveries_failed_idx" ON "deliveries" USING btree ("organisation_id","id") WHERE "deliveries"."status" = 'failed';--> statement-breakpoint
CREATE INDEX "delivery_queue_lane_idx" ON "delivery_queue" USING btree ("bucket","subscription_id","due_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_queue_event_idx" ON "delivery_queue" USING btree ("organisation_id","event_id","subscription_id");--> statement-breakpoint
CREATE INDEX "domain_events_entity_idx" ON "domain_events" USING btree ("organisation_id","entity_id","id");--> statement-breakpoint
CREATE INDEX "domain_events_unpublished_idx" ON "domain_events" USING btree (bucket_of("organisation_id"),"id") WHERE "domain_events"."published_at" is null;--> statement-breakpoint
CREATE INDEX "subscriptions_organisation_idx" ON "subscriptions" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_uid_idx" ON "subscriptions" USING btree (coalesce("organisation_id", '00000000-0000-0000-0000-000000000000'::uuid),"uid") WHERE "subscriptions"."uid" is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_revision_idx" ON "subscriptions" USING btree ("revision");