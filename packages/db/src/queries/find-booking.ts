import type { BookingStatus, RejectionReason } from '@stile/core';
import { eq, inArray } from 'drizzle-orm';
import type { Database } from '../client.js';
import { bookings, sections } from '../schema.js';

/** A stored booking, with the event of its section. */
export interface BookingRow {
  readonly id: string;
  readonly eventId: string;
  readonly sectionId: string;
  readonly userId: string | null;
  readonly caller: string | null;
  readonly quantity: number;
  readonly status: BookingStatus;
  readonly reason: RejectionReason | null;
  readonly price: number;
  readonly seats: string[] | null;
  readonly adjacent: boolean | null;
  readonly expiresAt: Date | null;
  /** Null, as decidedAt, while one that was cancelled in the queue waits for its lane. */
  readonly sequence: number | null;
  readonly acceptedAt: Date;
  readonly decidedAt: Date | null;
}

export const bookingColumns = {
  id: bookings.id,
  eventId: sections.eventId,
  sectionId: bookings.sectionId,
  userId: bookings.userId,
  caller: bookings.caller,
  quantity: bookings.quantity,
  status: bookings.status,
  reason: bookings.reason,
  price: bookings.price,
  seats: bookings.seats,
  adjacent: bookings.adjacent,
  expiresAt: bookings.expiresAt,
  sequence: bookings.sequence,
  acceptedAt: bookings.acceptedAt,
  decidedAt: bookings.decidedAt,
};

/** The stored bookings with these ids, in any order; without those that are queued or unknown. */
export const findBookings = (db: Database, ids: readonly string[]): Promise<BookingRow[]> =>
  db
    .select(bookingColumns)
    .from(bookings)
    .innerJoin(sections, eq(sections.id, bookings.sectionId))
    .where(inArray(bookings.id, [...ids]));

/** The stored booking with this id; undefined while it is queued, or when there is none. */
export const findBooking = async (db: Database, id: string): Promise<BookingRow | undefined> =>
  (await findBookings(db, [id]))[0];
