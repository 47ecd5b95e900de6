CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_is_sha256" CHECK ("api_keys"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
DROP INDEX "users_email";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "caller" text;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "caller" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "caller" text;--> statement-breakpoint
CREATE INDEX "bookings_caller_status_id" ON "bookings" USING btree ("caller","status","id") WHERE "bookings"."caller" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "users_caller_email" ON "users" USING btree (coalesce("caller", ''),lower("email"));--> statement-breakpoint
CREATE INDEX "users_caller_id" ON "users" USING btree ("caller","id") WHERE "users"."caller" IS NOT NULL;