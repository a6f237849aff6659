CREATE TABLE "portal_tokens" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subject" text,
	"prefix" text NOT NULL,
	"secret_digest" text NOT NULL,
	"scopes" text[] NOT NULL,
	"allowed_origins" text[] NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "portal_tokens_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text,
	"action" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"ip_address" text,
	"user_agent" text,
	"request_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "portal_tokens_prefix_idx" ON "portal_tokens" USING btree ("prefix");--> statement-breakpoint
CREATE INDEX "portal_tokens_expires_idx" ON "portal_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_log_organisation_idx" ON "audit_log" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_target_idx" ON "audit_log" USING btree ("target_id","id");--> statement-breakpoint
-- Dispatchers read and write all rows by the permissive policy; what the API's role sees, database/roles.ts says.
DO $$ DECLARE tenant_table text; BEGIN
	FOREACH tenant_table IN ARRAY ARRAY['audit_log', 'portal_tokens'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
		EXECUTE format('CREATE POLICY everyone ON %I USING (true) WITH CHECK (true)', tenant_table);
	END LOOP;
END $$;
