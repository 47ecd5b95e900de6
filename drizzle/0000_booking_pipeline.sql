CREATE TYPE "public"."booking_status" AS ENUM('held', 'confirmed', 'rejected', 'expired', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."command_kind" AS ENUM('book', 'confirm', 'cancel', 'expire', 'change');--> statement-breakpoint
CREATE TYPE "public"."ledger_outcome" AS ENUM('held', 'confirmed', 'rejected', 'expired', 'cancelled', 'changed');--> statement-breakpoint
CREATE TYPE "public"."rejection_reason" AS ENUM('sold_out', 'seat_taken', 'limit_exceeded', 'sales_closed', 'internal_error');--> statement-breakpoint
CREATE TYPE "public"."seating" AS ENUM('general', 'reserved');--> statement-breakpoint
CREATE SEQUENCE "public"."api_process_number" INCREMENT BY 1 MINVALUE 0 MAXVALUE 65535 START WITH 0 CACHE 1 CYCLE;--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"section_id" uuid NOT NULL,
	"user_id" uuid,
	"quantity" integer NOT NULL,
	"status" "booking_status" NOT NULL,
	"reason" "rejection_reason",
	"price" bigint NOT NULL,
	"seats" text[],
	"adjacent" boolean,
	"expires_at" timestamp with time zone,
	"sequence" bigint,
	"accepted_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "bookings_quantity_positive" CHECK ("bookings"."quantity" > 0),
	CONSTRAINT "bookings_reason_when_rejected" CHECK (("bookings"."status" = 'rejected') = ("bookings"."reason" IS NOT NULL)),
	CONSTRAINT "bookings_hold_expires" CHECK ("bookings"."status" <> 'held' OR "bookings"."expires_at" IS NOT NULL),
	CONSTRAINT "bookings_decided_unless_cancelled" CHECK ("bookings"."status" = 'cancelled' OR ("bookings"."sequence" IS NOT NULL AND "bookings"."decided_at" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text,
	"currency" char(3) NOT NULL,
	"starts_at" timestamp with time zone,
	"sales_open_at" timestamp with time zone,
	"sales_close_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "events_sales_window" CHECK ("events"."sales_open_at" < "events"."sales_close_at")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"booking_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_caller_key_pk" PRIMARY KEY("caller","key")
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"lane" smallint PRIMARY KEY NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"owner" text
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"section_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"command" "command_kind" NOT NULL,
	"booking_id" uuid,
	"user_id" uuid,
	"quantity" integer NOT NULL,
	"outcome" "ledger_outcome" NOT NULL,
	"reason" "rejection_reason",
	"remaining" integer NOT NULL,
	"seats" text[],
	"chosen" boolean,
	"expires_at" timestamp with time zone,
	"change" jsonb,
	"accepted_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_section_id_sequence_pk" PRIMARY KEY("section_id","sequence"),
	CONSTRAINT "ledger_remaining_not_negative" CHECK ("ledger"."remaining" >= 0)
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"section_id" uuid NOT NULL,
	"label" text NOT NULL,
	"booking_id" uuid NOT NULL,
	CONSTRAINT "seats_section_id_label_pk" PRIMARY KEY("section_id","label")
);
--> statement-breakpoint
CREATE TABLE "sections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"position" smallint NOT NULL,
	"name" text NOT NULL,
	"seating" "seating" DEFAULT 'general' NOT NULL,
	"seat_rows" jsonb,
	"price" integer NOT NULL,
	"capacity" integer NOT NULL,
	"max_per_booking" integer,
	"max_per_user" integer,
	"hold_seconds" integer DEFAULT 120 NOT NULL,
	"sales_open_at" timestamp with time zone,
	"sales_close_at" timestamp with time zone,
	"closed" boolean DEFAULT false NOT NULL,
	"remaining" integer NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"confirmed" integer DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"revenue" bigint DEFAULT 0 NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sections_event_id_name" UNIQUE("event_id","name"),
	CONSTRAINT "sections_capacity_positive" CHECK ("sections"."capacity" > 0),
	CONSTRAINT "sections_remaining_within_capacity" CHECK ("sections"."remaining" BETWEEN 0 AND "sections"."capacity"),
	CONSTRAINT "sections_seats_add_up" CHECK ("sections"."remaining" + "sections"."held" + "sections"."confirmed" = "sections"."capacity"),
	CONSTRAINT "sections_counts_not_negative" CHECK ("sections"."held" >= 0 AND "sections"."confirmed" >= 0),
	CONSTRAINT "sections_price_not_negative" CHECK ("sections"."price" >= 0),
	CONSTRAINT "sections_rows_when_reserved" CHECK (("sections"."seating" = 'reserved') = ("sections"."seat_rows" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_lane_lanes_lane_fk" FOREIGN KEY ("lane") REFERENCES "public"."lanes"("lane") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bookings_section_id_status_id" ON "bookings" USING btree ("section_id","status","id");--> statement-breakpoint
CREATE INDEX "bookings_user_id_status_id" ON "bookings" USING btree ("user_id","status","id") WHERE "bookings"."user_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "bookings_live_of_user" ON "bookings" USING btree ("section_id","user_id") WHERE "bookings"."user_id" IS NOT NULL AND "bookings"."status" IN ('held', 'confirmed');--> statement-breakpoint
CREATE INDEX "bookings_held_expires_at" ON "bookings" USING btree ("expires_at") WHERE "bookings"."status" = 'held';--> statement-breakpoint
CREATE INDEX "events_kind_id" ON "events" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "events_starts_at_id" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ledger_change_id" ON "ledger" USING btree (("change" ->> 'id')) WHERE "ledger"."command" = 'change';--> statement-breakpoint
CREATE INDEX "sections_lane" ON "sections" USING btree ("lane");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));