DROP INDEX "deliveries_failed_idx";--> statement-breakpoint
DROP INDEX "delivery_queue_replay_idx";--> statement-breakpoint
CREATE INDEX "deliveries_unsuccessful_idx" ON "deliveries" USING btree ("organisation_id","id") WHERE "deliveries"."status" <> 'succeeded';--> statement-breakpoint
CREATE INDEX "deliveries_unsuccessful_id_idx" ON "deliveries" USING btree ("id") WHERE "deliveries"."status" <> 'succeeded';--> statement-breakpoint
CREATE INDEX "delivery_queue_id_idx" ON "delivery_queue" USING btree ("id");--> statement-breakpoint
CREATE INDEX "domain_events_correlation_idx" ON "domain_events" USING btree ("correlation_id","id") WHERE "domain_events"."correlation_id" is not null;--> statement-breakpoint
CREATE INDEX "delivery_queue_replay_idx" ON "delivery_queue" USING btree ("replay_id","id") WHERE "delivery_queue"."replay_id" is not null;