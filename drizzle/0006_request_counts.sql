-- Unlogged: written ten times a second, and worth nothing after a crash.
CREATE UNLOGGED TABLE "request_counts" (
	"window_start" bigint NOT NULL,
	"subject" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "request_counts_window_start_subject_pk" PRIMARY KEY("window_start","subject")
);
