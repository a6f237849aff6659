ALTER TABLE "subscriptions" ALTER COLUMN "url" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "leased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_health" ADD COLUMN "last_pulled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "mode" text DEFAULT 'webhook' NOT NULL;--> statement-breakpoint
CREATE INDEX "domain_events_published_idx" ON "domain_events" USING btree ("published_at","id") WHERE "domain_events"."published_at" is not null;