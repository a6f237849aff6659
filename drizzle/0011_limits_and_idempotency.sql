CREATE TABLE "idempotency_keys" (
	"digest" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"claim" uuid NOT NULL,
	"claimed_until" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"answer" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "previous_secret_digest" text;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "previous_secret_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "quota_events_per_second" integer;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "quota_events_burst" integer;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "quota_subscriptions" integer;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "quota_backlog" integer;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_idx" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "organisations_quotas_idx" ON "organisations" USING btree ("id") WHERE num_nonnulls("organisations"."quota_events_per_second", "organisations"."quota_events_burst", "organisations"."quota_subscriptions", "organisations"."quota_backlog") > 0;