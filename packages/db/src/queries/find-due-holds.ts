import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** Holds of one lane that are over, and when the next one will be. */
export interface DueHolds {
  readonly due: readonly { readonly bookingId: string; readonly sectionId: string }[];
  /** Milliseconds from now until another hold ends; undefined when there is no other. */
  readonly nextInMs: number | undefined;
}

/** Looks up to `limit` holds up whose time is over by the database's clock, longest over first. */
export async function findDueHolds(db: Database, lane: number, limit: number): Promise<DueHolds> {
  const { rows } = await db.execute<{ id: string; section_id: string; in_ms: number }>(sql`
    SELECT b.id, b.section_id,
           (extract(epoch FROM b.expires_at - clock_timestamp()) * 1000)::float8 AS in_ms
      FROM bookings b JOIN sections s ON s.id = b.section_id
     WHERE b.status = 'held' AND s.lane = ${lane}::smallint
     ORDER BY b.expires_at LIMIT ${limit + 1}::int`);
  const due = rows.filter((row) => row.in_ms <= 0).slice(0, limit);
  const next = rows[due.length];
  return {
    due: due.map((row) => ({ bookingId: row.id, sectionId: row.section_id })),
    nextInMs: next === undefined ? undefined : Math.max(0, next.in_ms),
  };
}
