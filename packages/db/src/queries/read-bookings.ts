import { type Booking, bookingIdRange } from '@stile/core';
import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';
import { bookingFromStoredRow, bookingsOfJobs, type StoredBookingRow } from '../booking-rows.js';

/** A booking with the time it was decided, in microseconds since 1970; 0 when it was not. */
export interface StoredBooking {
  readonly booking: Booking;
  readonly decidedAtUs: number;
}

/**
 * What is stored so far of these jobs' bookings, in no particular order: one index range for each
 * job. Not prepared, so that it is planned for the tables as they are.
 */
export async function readBookings(
  pool: pg.Pool,
  jobIds: readonly string[],
): Promise<StoredBooking[]> {
  const ranges = jobIds.map(bookingIdRange);
  const { rows } = await pool.query<StoredBookingRow>(bookingsOfJobs, [
    arrayLiteral(ranges.map(([first]) => first)),
    arrayLiteral(ranges.map(([, last]) => last)),
  ]);
  return rows.map((row) => ({
    booking: bookingFromStoredRow(row),
    decidedAtUs: Number(row.decided_at_us ?? 0),
  }));
}
