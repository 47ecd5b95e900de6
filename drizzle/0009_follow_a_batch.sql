-- Resumes sections for a batch that may be sent before the one it follows was answered. The session
-- remembers the number of the batch that it stored last, unless its transaction fails; a batch is STALE
-- when another than the one it `follows` was stored last, so what is refused is refused to the end.
-- Workers of the version before, which may still run, call the function of 0008.
CREATE FUNCTION resume_sections(
  owned_lane int, owner_epoch bigint, ids uuid[], sequences bigint[], versions bigint[],
  decided_at_us bigint, batch bigint, follows bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF follows::text <> coalesce(current_setting('stile.batch', true), '') THEN
    RAISE EXCEPTION 'the batch before in lane % was not stored', owned_lane USING ERRCODE = 'STALE';
  END IF;
  PERFORM set_config('stile.batch', coalesce(batch::text, ''), false);
  RETURN public.resume_sections(owned_lane, owner_epoch, ids, sequences, versions, decided_at_us);
END
$$;
