import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** One line of the ledger that is about a booking. */
export interface StoryRow {
  readonly sequence: number;
  readonly command: 'book' | 'confirm' | 'cancel' | 'expire';
  readonly outcome: 'held' | 'confirmed' | 'rejected' | 'expired' | 'cancelled';
  readonly reason: string | null;
  /** Who asked for it; null when it was the worker, or the api runs open. */
  readonly caller: string | null;
  readonly quantity: number;
  readonly seats: string[] | null;
  /** Seats left in the section after it. */
  readonly remaining: number;
  readonly expiresAt: Date | null;
  readonly acceptedAt: Date;
  readonly decidedAt: Date;
  /** Commands that its transaction decided in this section, this one included. */
  readonly batchSize: number;
  /** Its place among those, from 1 on. */
  readonly placeInBatch: number;
}

/** Ledger lines on each side that are looked at to find those of the same transaction. */
const neighboursMax = 5_000;

/**
 * All that the ledger has on a booking, in order. The request is found by the sequence that its
 * booking keeps, later commands by an index that holds no requests: their rush pays nothing for it.
 */
export async function readBookingStory(db: Database, bookingId: string): Promise<StoryRow[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    WITH lines AS (
      SELECT l.* FROM bookings b
        JOIN ledger l ON l.section_id = b.section_id AND l.sequence = b.sequence
       WHERE b.id = ${bookingId}::uuid
      UNION
      SELECT l.* FROM ledger l
       WHERE l.booking_id = ${bookingId}::uuid AND l.command IN ('confirm', 'cancel', 'expire'))
    SELECT l.sequence, l.command, l.outcome, l.reason, l.caller, l.quantity, l.seats, l.remaining,
           l.expires_at AS "expiresAt", l.accepted_at AS "acceptedAt", l.decided_at AS "decidedAt",
           batch.size AS "batchSize", batch.place AS "placeInBatch"
      FROM lines l
     CROSS JOIN LATERAL (
       SELECT count(*) AS size, count(*) FILTER (WHERE n.sequence <= l.sequence) AS place
         FROM ledger n
        WHERE n.section_id = l.section_id AND n.decided_at = l.decided_at
          AND n.sequence BETWEEN l.sequence - ${neighboursMax}::int
                             AND l.sequence + ${neighboursMax}::int) AS batch
     ORDER BY l.sequence`);
  return rows.map((row) => ({
    ...(row as unknown as StoryRow),
    sequence: Number(row.sequence),
    batchSize: Number(row.batchSize),
    placeInBatch: Number(row.placeInBatch),
    expiresAt: instantOf(row.expiresAt),
    acceptedAt: new Date(row.acceptedAt as string),
    decidedAt: new Date(row.decidedAt as string),
  }));
}

const instantOf = (value: unknown): Date | null =>
  value === null ? null : new Date(value as string);
