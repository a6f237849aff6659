ALTER TABLE "subscriptions" ADD COLUMN "signing" text DEFAULT 'hmac' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "previous_secrets" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- What still signs goes on to do so. A sealed text is taken over as it is: it stays bound to the name of the old column.
UPDATE "subscriptions" SET "previous_secrets" = jsonb_build_array(jsonb_build_object(
	'secret', "previous_secret",
	'expiresAt', to_char("previous_secret_expires_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
)) WHERE "previous_secret" IS NOT NULL AND "previous_secret_expires_at" > now();--> statement-breakpoint
ALTER TABLE "subscriptions" DROP COLUMN "previous_secret";--> statement-breakpoint
ALTER TABLE "subscriptions" DROP COLUMN "previous_secret_expires_at";--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_previous_secrets_list" CHECK (jsonb_typeof("subscriptions"."previous_secrets") = 'array');
