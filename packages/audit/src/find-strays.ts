import type pg from 'pg';
import { refersIntoScope, type Scope, scopeParameters } from './fetch-pages.js';
import type { Violation } from './violation.js';

/**
 * The first booking in scope that the ledger doesn't know under the sequence it claims. One that
 * was cancelled in the queue claims none until its lane comes to it.
 */
export async function findUnrecordedBooking(
  client: pg.ClientBase,
  scope: Scope,
): Promise<Violation | undefined> {
  // An anti join over both tables: PostgreSQL hashes or merges them, within its work_mem.
  const { rows } = await client.query<{ id: string; section_id: string; sequence: string }>(
    `SELECT b.id, b.section_id, b.sequence
       FROM bookings b
      WHERE ${refersIntoScope('b.section_id', scope)}
        AND NOT (b.status = 'cancelled' AND b.sequence IS NULL)
        AND NOT EXISTS (SELECT FROM ledger l
                         WHERE l.section_id = b.section_id AND l.sequence = b.sequence
                           AND l.booking_id = b.id)
      ORDER BY b.section_id, b.sequence, b.id
      LIMIT 1`,
    scopeParameters(scope),
  );
  const [booking] = rows;
  return (
    booking && {
      sectionId: booking.section_id,
      sequence: Number(booking.sequence),
      what: 'the ledger row of a booking',
      expected: booking.id,
      found: null,
    }
  );
}

/**
 * The first seat that is stored as another booking's than the live one that has it, or as
 * somebody's when no live booking has it. The bookings themselves must agree with the ledger.
 */
export async function findMisplacedSeat(
  client: pg.ClientBase,
  scope: Scope,
): Promise<Violation | undefined> {
  interface SeatRow {
    section_id: string;
    label: string;
    live_id: string | null;
    stored_id: string | null;
    sequence: string;
  }
  const { rows } = await client.query<SeatRow>(
    `SELECT section_id, label, live.id AS live_id, stored.booking_id AS stored_id,
            coalesce(live.sequence, s.sequence) AS sequence
       FROM (SELECT b.section_id, seat.label, b.id, b.sequence
               FROM bookings b CROSS JOIN unnest(b.seats) AS seat (label)
              WHERE b.status IN ('held', 'confirmed')
                AND ${refersIntoScope('b.section_id', scope)}) AS live
       FULL JOIN (SELECT * FROM seats
                   WHERE ${refersIntoScope('section_id', scope)}) AS stored
            USING (section_id, label)
       JOIN sections s ON s.id = section_id
      WHERE live.id IS DISTINCT FROM stored.booking_id
      ORDER BY section_id, label
      LIMIT 1`,
    scopeParameters(scope),
  );
  const [seat] = rows;
  return (
    seat && {
      sectionId: seat.section_id,
      sequence: Number(seat.sequence),
      what: `the booking of seat ${seat.label}`,
      expected: seat.live_id,
      found: seat.stored_id,
    }
  );
}
