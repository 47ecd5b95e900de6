import type pg from 'pg';
import type { ToldStatus } from '../history.js';

/** A booking as the database has it in the end. */
export interface StoredBooking {
  readonly id: string;
  readonly quantity: number;
  readonly status: Exclude<ToldStatus, 'queued'>;
  readonly reason: string | null;
  readonly seats: readonly string[] | null;
  readonly sequence: number | null;
  /** Unix ms; null when it does not end by itself. */
  readonly expiresMs: number | null;
}

/** A decision about a booking. */
export interface LedgerRow {
  readonly sequence: number;
  readonly command: string;
  readonly bookingId: string;
  readonly outcome: Exclude<ToldStatus, 'queued'>;
  /** Unix ms, by the clock of PostgreSQL. */
  readonly decidedMs: number;
}

/** All that the database knows of one section. */
export interface SectionTruth {
  readonly id: string;
  readonly capacity: number;
  readonly remaining: number;
  readonly held: number;
  readonly confirmed: number;
  readonly bookings: ReadonlyMap<string, StoredBooking>;
  /** In the order of the sequence. */
  readonly ledger: readonly LedgerRow[];
  /** The bookings that these idempotency keys stand for. */
  readonly bookingOfKey: ReadonlyMap<string, string>;
}

/** The ids of all sections. */
export async function readSectionIds(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM sections ORDER BY id');
  return rows.map(({ id }) => id);
}

/** Reads one section; `keys` are those that its clients used. */
export async function readSectionTruth(
  pool: pg.Pool,
  sectionId: string,
  keys: readonly string[],
): Promise<SectionTruth> {
  const [sections, bookings, ledger, claims] = await Promise.all([
    pool.query<Pick<SectionTruth, 'capacity' | 'remaining' | 'held' | 'confirmed'>>(
      'SELECT capacity, remaining, held, confirmed FROM sections WHERE id = $1',
      [sectionId],
    ),
    pool.query<StoredBooking>(
      `SELECT id, quantity, status, reason, seats, sequence::int,
              (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresMs"
         FROM bookings WHERE section_id = $1`,
      [sectionId],
    ),
    pool.query<LedgerRow>(
      `SELECT sequence::int, command, booking_id AS "bookingId", outcome,
              (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedMs"
         FROM ledger WHERE section_id = $1 AND booking_id IS NOT NULL ORDER BY sequence`,
      [sectionId],
    ),
    pool.query<{ key: string; booking_id: string }>(
      'SELECT key, booking_id FROM idempotency_keys WHERE key = ANY ($1)',
      [keys],
    ),
  ]);
  const [section] = sections.rows;
  if (section === undefined) throw new Error(`section ${sectionId} is not in the database`);
  return {
    ...{ id: sectionId, ...section },
    bookings: new Map(bookings.rows.map((booking) => [booking.id, booking])),
    ledger: ledger.rows,
    bookingOfKey: new Map(claims.rows.map(({ key, booking_id }) => [key, booking_id])),
  };
}
