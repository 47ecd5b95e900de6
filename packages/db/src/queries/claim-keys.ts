import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';

/** A caller's Idempotency-Key with what it was sent along with. */
export interface IdempotencyClaim {
  readonly caller: string;
  readonly key: string;
  /** The same for the same request, and for no other. */
  readonly fingerprint: string;
}

/** A claim for the booking that the request would become. */
export interface NewClaim extends IdempotencyClaim {
  readonly bookingId: string;
}

/** What an earlier request under the same key has become. */
export interface ClaimedKey {
  readonly bookingId: string;
  readonly fingerprint: string;
}

/**
 * Claims keys for their bookings, all in one statement: of any number of requests with one key,
 * in one batch or in many processes at once, exactly one claims it. Returns, in the order given,
 * undefined for each claim that was made and the earlier claim for each that wasn't.
 */
export async function claimKeys(
  pool: pg.Pool,
  claims: readonly NewClaim[],
): Promise<(ClaimedKey | undefined)[]> {
  const callers = claims.map((claim) => claim.caller);
  const keys = claims.map((claim) => claim.key);
  // In the order of the keys, or two processes with the same ones would wait for each other; then
  // in the order given, so that of one key in one batch the first is claimed.
  const made = await pool.query<{ booking_id: string }>(
    `INSERT INTO idempotency_keys (caller, key, fingerprint, booking_id)
     SELECT caller, key, fingerprint, booking_id
       FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY
         AS claim (caller, key, fingerprint, booking_id, place)
      ORDER BY caller, key, place
         ON CONFLICT DO NOTHING RETURNING booking_id`,
    [
      callers,
      keys,
      claims.map((claim) => claim.fingerprint),
      arrayLiteral(claims.map((claim) => claim.bookingId)),
    ],
  );
  if (made.rows.length === claims.length) return claims.map(() => undefined);
  const claimedNow = new Set(made.rows.map((row) => row.booking_id));
  const stored = await pool.query<{
    caller: string;
    key: string;
    booking_id: string;
    fingerprint: string;
  }>(
    `SELECT k.caller, k.key, k.booking_id, k.fingerprint
       FROM idempotency_keys k
       JOIN unnest($1::text[], $2::text[]) AS asked (caller, key) USING (caller, key)`,
    [callers, keys],
  );
  const byKey = new Map(stored.rows.map((row) => [JSON.stringify([row.caller, row.key]), row]));
  return claims.map(({ caller, key, bookingId }) => {
    if (claimedNow.has(bookingId)) return undefined;
    const row = byKey.get(JSON.stringify([caller, key]));
    if (row === undefined) throw new Error('an idempotency key was removed while it was claimed');
    return { bookingId: row.booking_id, fingerprint: row.fingerprint };
  });
}
