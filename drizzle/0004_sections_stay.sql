ALTER TABLE "bookings" DROP CONSTRAINT "bookings_section_id_sections_id_fk";
--> statement-breakpoint
ALTER TABLE "ledger" DROP CONSTRAINT "ledger_section_id_sections_id_fk";
--> statement-breakpoint
CREATE FUNCTION section_must_exist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing uuid;
BEGIN
  SELECT named.section_id INTO missing
    FROM (SELECT DISTINCT section_id FROM added) AS named
   WHERE NOT EXISTS (SELECT FROM public.sections WHERE sections.id = named.section_id)
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% names section %, which does not exist', TG_TABLE_NAME, missing
      USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER bookings_section_exists AFTER INSERT ON "bookings"
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION section_must_exist();--> statement-breakpoint
CREATE TRIGGER ledger_section_exists AFTER INSERT ON "ledger"
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION section_must_exist();--> statement-breakpoint
CREATE FUNCTION section_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a section stays, and so do its bookings in it: % of % refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER sections_stay BEFORE UPDATE OF "id" OR DELETE OR TRUNCATE ON "sections"
	FOR EACH STATEMENT EXECUTE FUNCTION section_refuse_removal();--> statement-breakpoint
CREATE TRIGGER bookings_stay_in_section BEFORE UPDATE OF "section_id" ON "bookings"
	FOR EACH STATEMENT EXECUTE FUNCTION section_refuse_removal();
