import type { BookingStatus, LedgerEntry, RejectionReason } from '@stile/core';
import type pg from 'pg';
import { fetchPages, numberOrNull, refersIntoScope, type Scope, us } from './fetch-pages.js';
import type { LedgerRow, StoredBooking } from './stored-rows.js';

/**
 * Bounds the memory. A million rows are read in the same time with 500 as with 5,000, but then the
 * process grows to 234 MB instead of 166.
 */
const rowsPerFetchMax = 1_000;

/** The ledger of the sections in scope with its bookings, in the order of section and sequence. */
export async function* readLedger(
  client: pg.ClientBase,
  scope: Scope,
): AsyncGenerator<readonly LedgerRow[]> {
  const text = `
    SELECT l.section_id, l.sequence, l.command, l.booking_id, l.user_id, l.caller, l.quantity, l.outcome,
           l.reason, l.remaining, l.seats, l.chosen, ${us('l.expires_at')} AS expires_at_us,
           l.change, ${us('l.accepted_at')} AS accepted_at_us,
           ${us('l.decided_at')} AS decided_at_us,
           b.section_id AS b_section_id, b.user_id AS b_user_id, b.caller AS b_caller, b.quantity AS b_quantity,
           b.status AS b_status, b.reason AS b_reason, b.price AS b_price, b.seats AS b_seats,
           b.adjacent AS b_adjacent, ${us('b.expires_at')} AS b_expires_at_us,
           b.sequence AS b_sequence, ${us('b.accepted_at')} AS b_accepted_at_us,
           ${us('b.decided_at')} AS b_decided_at_us
      FROM ledger l LEFT JOIN bookings b ON b.id = l.booking_id
     WHERE ${refersIntoScope('l.section_id', scope)}
     ORDER BY l.section_id, l.sequence`;
  const query = { cursor: 'audit_ledger', text, scope, rowsPerFetchMax };
  for await (const page of fetchPages<JoinedRow>(client, query)) {
    yield page.map(ledgerRow);
  }
}

/** Everything of the booking is null when there is none. pg gives bigints as text. */
interface JoinedRow {
  section_id: string;
  sequence: string;
  command: LedgerEntry['command'];
  booking_id: string | null;
  user_id: string | null;
  caller: string | null;
  quantity: number;
  outcome: LedgerEntry['outcome'];
  reason: RejectionReason | null;
  remaining: number;
  seats: string[] | null;
  chosen: boolean | null;
  expires_at_us: string | null;
  change: LedgerEntry['change'];
  accepted_at_us: string;
  decided_at_us: string;
  b_section_id: string | null;
  b_user_id: string | null;
  b_caller: string | null;
  b_quantity: number;
  b_status: BookingStatus;
  b_reason: RejectionReason | null;
  b_price: string;
  b_seats: string[] | null;
  b_adjacent: boolean | null;
  b_expires_at_us: string | null;
  b_sequence: string | null;
  b_accepted_at_us: string;
  b_decided_at_us: string | null;
}

const ledgerRow = (row: JoinedRow): LedgerRow => ({
  sectionId: row.section_id,
  sequence: Number(row.sequence),
  command: row.command,
  bookingId: row.booking_id,
  userId: row.user_id,
  caller: row.caller,
  quantity: row.quantity,
  outcome: row.outcome,
  reason: row.reason,
  remaining: row.remaining,
  seats: row.seats,
  chosen: row.chosen,
  expiresAtUs: numberOrNull(row.expires_at_us),
  change: row.change,
  acceptedAtUs: Number(row.accepted_at_us),
  decidedAtUs: Number(row.decided_at_us),
  booking: storedBooking(row),
});

function storedBooking(row: JoinedRow): StoredBooking | undefined {
  if (row.booking_id === null || row.b_section_id === null) return undefined;
  return {
    id: row.booking_id,
    sectionId: row.b_section_id,
    userId: row.b_user_id,
    caller: row.b_caller,
    quantity: row.b_quantity,
    status: row.b_status,
    reason: row.b_reason,
    price: Number(row.b_price),
    seats: row.b_seats,
    adjacent: row.b_adjacent,
    expiresAtUs: numberOrNull(row.b_expires_at_us),
    sequence: numberOrNull(row.b_sequence),
    acceptedAtUs: Number(row.b_accepted_at_us),
    decidedAtUs: numberOrNull(row.b_decided_at_us),
  };
}
