import type { Booking, BookingStatus, RejectionReason } from '@stile/core';

/** What the queries of a decision read of a booking. */
export interface StoredBookingRow {
  readonly id: string;
  readonly section_id: string;
  readonly user_id: string | null;
  readonly caller: string | null;
  readonly quantity: number;
  readonly status: BookingStatus;
  readonly reason: RejectionReason | null;
  readonly price: string;
  readonly seats: string[] | null;
  readonly adjacent: boolean | null;
  readonly expires_at_us: string | null;
  readonly sequence: string | null;
  readonly decided_at_us: string | null;
}

const columns = `b.id, b.section_id, b.user_id, b.caller, b.quantity, b.status, b.reason, b.price, b.seats,
         b.adjacent, (extract(epoch FROM b.expires_at) * 1000000)::bigint AS expires_at_us, b.sequence,
         (extract(epoch FROM b.decided_at) * 1000000)::bigint AS decided_at_us`;

/** Above what any job carries; see REQUESTS_PER_JOB_MAX. */
const bookingsPerJobMax = 10_000;

/**
 * The bookings of the jobs in $1 (first ids) and $2 (last ids): one primary-key range for each job.
 *
 * LATERAL with a limit leaves the planner no other way than one short walk of the index for each
 * job: as a plain join it came to read whole tables once they had grown (500 ms a batch at 600,000
 * rows).
 */
export const bookingsOfJobs = `
  SELECT ${columns}
    FROM unnest($1::uuid[], $2::uuid[]) AS job(first_id, last_id)
   CROSS JOIN LATERAL (
     SELECT * FROM bookings WHERE id BETWEEN job.first_id AND job.last_id ORDER BY id LIMIT ${bookingsPerJobMax}
   ) AS b`;

/** The bookings with the ids in $1. */
export const bookingsById = `SELECT ${columns} FROM bookings b WHERE b.id = ANY($1::uuid[])`;

export const bookingFromStoredRow = (row: StoredBookingRow): Booking => ({
  id: row.id,
  sectionId: row.section_id,
  userId: row.user_id,
  caller: row.caller,
  quantity: row.quantity,
  status: row.status,
  reason: row.reason,
  price: Number(row.price),
  seats: row.seats,
  adjacent: row.adjacent,
  expiresAtUs: row.expires_at_us === null ? null : Number(row.expires_at_us),
  sequence: row.sequence === null ? null : Number(row.sequence),
});
