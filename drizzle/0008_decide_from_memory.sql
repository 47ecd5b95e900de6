-- Lets the owner of a lane decide from what it remembers of these sections, when they are still as it
-- left them. Locks the lane and the sections as reading them for a decision does, and returns the time
-- of the transaction in microseconds. Raises STALE when the lane has a newer owner, when a section has
-- moved on, or when the time the owner decided for is ahead of the server's or over a second old.
CREATE FUNCTION resume_sections(
  owned_lane int, owner_epoch bigint, ids uuid[], sequences bigint[], versions bigint[],
  decided_at_us bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  now_us bigint := extract(epoch FROM now()) * 1000000;
  unmoved int;
BEGIN
  PERFORM FROM public.lanes WHERE lane = owned_lane AND epoch = owner_epoch FOR SHARE;
  IF NOT FOUND OR decided_at_us NOT BETWEEN now_us - 1000000 AND now_us THEN
    RAISE EXCEPTION 'lane % is not decided from memory now', owned_lane USING ERRCODE = 'STALE';
  END IF;
  SELECT count(*) INTO unmoved
    FROM (SELECT id, sequence, version FROM public.sections
           WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE) AS stored
    JOIN unnest(ids, sequences, versions) AS remembered (id, sequence, version)
      USING (id, sequence, version);
  IF unmoved <> cardinality(ids) THEN
    RAISE EXCEPTION 'a section of lane % has moved on', owned_lane USING ERRCODE = 'STALE';
  END IF;
  RETURN now_us;
END
$$;
