import type { BatchResult, Booking, LedgerEntry } from '@stile/core';
import { isLive } from '@stile/core';
import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';
import { callerColumns, column, instant, placesOf, textColumn } from '../batch-columns.js';
import { sectionWrites } from './section-writes.js';

/** A message to the process that LISTENs on `channel`; sent if, and only if, the commit succeeds. */
export interface Notification {
  readonly channel: string;
  /** Below 8,000 bytes, PostgreSQL's limit. */
  readonly payload: string;
}

/** Of the transaction, unless the decision was made for an earlier one. */
const decidedAt = (us: string): string => `coalesce(${instant(`${us}::bigint`)}, now())`;

// Whole batches in single statements. A column without any value is sent as NULL: `unnest` fills
// it up. Sections are named once, in $1, and by their place there.
const insertBookings = {
  name: 'stile-insert-bookings',
  text: `
    INSERT INTO bookings (section_id, id, user_id, caller, quantity, status, reason, price, seats,
                          adjacent, expires_at, sequence, accepted_at, decided_at)
    SELECT ($1::uuid[])[b.section], b.id, b.user_id, ($14::text[])[b.caller], b.quantity, b.status, b.reason, b.price,
           string_to_array(b.seats, ','), b.adjacent, ${instant('b.expires_at_us')}, b.sequence,
           ${instant('b.accepted_at_us')}, ${decidedAt('$16')}
      FROM unnest($2::int[], $3::uuid[], $4::uuid[], $5::int[], $6::booking_status[],
                  $7::rejection_reason[], $8::bigint[], $9::text[], $10::boolean[], $11::bigint[],
                  $12::bigint[], $13::bigint[], $15::int[])
        AS b (section, id, user_id, quantity, status, reason, price, seats, adjacent,
              expires_at_us, sequence, accepted_at_us, caller)`,
};
const updateBookings = {
  name: 'stile-update-bookings',
  text: `
    UPDATE bookings
       SET status = b.status, sequence = coalesce(bookings.sequence, b.sequence),
           decided_at = coalesce(bookings.decided_at, now())
      FROM unnest($1::uuid[], $2::booking_status[], $3::bigint[]) AS b (id, status, sequence)
     WHERE bookings.id = b.id`,
};
const insertLedger = {
  name: 'stile-insert-ledger',
  text: `
    INSERT INTO ledger (section_id, sequence, command, booking_id, user_id, quantity, outcome,
                        reason, remaining, seats, chosen, expires_at, change, accepted_at, decided_at,
                        caller)
    SELECT ($1::uuid[])[l.section], l.sequence, l.command, l.booking_id, l.user_id, l.quantity,
           l.outcome, l.reason, l.remaining, string_to_array(l.seats, ','), l.chosen,
           ${instant('l.expires_at_us')}, l.change, ${instant('l.accepted_at_us')}, ${decidedAt('$18')},
           ($16::text[])[l.caller]
      FROM unnest($2::int[], $3::bigint[], $4::command_kind[], $5::uuid[], $6::uuid[], $7::int[],
                  $8::ledger_outcome[], $9::rejection_reason[], $10::int[], $11::text[],
                  $12::boolean[], $13::bigint[], $14::jsonb[], $15::bigint[], $17::int[])
        AS l (section, sequence, command, booking_id, user_id, quantity, outcome, reason,
              remaining, seats, chosen, expires_at_us, change, accepted_at_us, caller)`,
};
const freeSeats = {
  name: 'stile-free-seats',
  text: `
    DELETE FROM seats
     USING unnest($1::uuid[], $2::text[], $3::uuid[]) AS s (section_id, label, booking_id)
     WHERE seats.section_id = s.section_id AND seats.label = s.label
       AND seats.booking_id = s.booking_id`,
};
const takeSeats = {
  name: 'stile-take-seats',
  text: `INSERT INTO seats (section_id, label, booking_id)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[])`,
};
const notify = {
  name: 'stile-notify',
  text: 'SELECT pg_notify(n.channel, n.payload) FROM unnest($1::text[], $2::text[]) AS n (channel, payload)',
};

/** What a batch came to, and which of its bookings were stored before it. */
export interface DecisionWrites {
  readonly result: BatchResult;
  readonly storedBefore: ReadonlyMap<string, Booking>;
  readonly notifications: readonly Notification[];
  /** When it was decided, in microseconds since 1970; undefined for when its transaction began. */
  readonly decidedAtUs?: number;
}

/** All statements that store a decision, in their order; without BEGIN and COMMIT. */
export function decisionWrites(decision: DecisionWrites): pg.QueryConfig[] {
  const { result, storedBefore, notifications, decidedAtUs = null } = decision;
  const writes: pg.QueryConfig[] = [
    ...bookingWrites(result, storedBefore, decidedAtUs),
    ...seatWrites(result.bookings, storedBefore),
    ...ledgerWrites(result.entries, decidedAtUs),
    ...sectionWrites(result),
  ];
  if (notifications.length > 0) {
    const values = [notifications.map((n) => n.channel), notifications.map((n) => n.payload)];
    writes.push({ ...notify, values });
  }
  return writes;
}

function bookingWrites(
  { bookings, entries }: BatchResult,
  storedBefore: ReadonlyMap<string, Booking>,
  decidedAtUs: number | null,
): pg.QueryConfig[] {
  const writes: pg.QueryConfig[] = [];
  const added = bookings.filter((booking) => !storedBefore.has(booking.id));
  if (added.length > 0) {
    const acceptedAt = new Map<string | null, number>();
    for (const { command, bookingId, acceptedAtUs } of entries) {
      if (command === 'book') acceptedAt.set(bookingId, acceptedAtUs);
    }
    const { sections, places } = placesOf(added.map((booking) => booking.sectionId));
    const values = [
      arrayLiteral(sections),
      arrayLiteral(places),
      arrayLiteral(added.map((b) => b.id)),
      column(added.map((b) => b.userId)),
      arrayLiteral(added.map((b) => b.quantity)),
      arrayLiteral(added.map((b) => b.status)),
      column(added.map((b) => b.reason)),
      arrayLiteral(added.map((b) => b.price)),
      textColumn(added.map((b) => b.seats?.join(',') ?? null)),
      column(added.map((b) => b.adjacent)),
      column(added.map((b) => b.expiresAtUs)),
      column(added.map((b) => b.sequence)),
      arrayLiteral(added.map((b) => acceptedAt.get(b.id) ?? null)),
      ...callerColumns(added),
      decidedAtUs,
    ];
    writes.push({ ...insertBookings, values });
  }
  const changed = bookings.filter((booking) => storedBefore.has(booking.id));
  if (changed.length > 0) {
    const values = [
      arrayLiteral(changed.map((b) => b.id)),
      arrayLiteral(changed.map((b) => b.status)),
      column(changed.map((b) => b.sequence)),
    ];
    writes.push({ ...updateBookings, values });
  }
  return writes;
}

/** First the seats of bookings that ended, then those of new ones: a seat may go from hand to hand. */
function seatWrites(
  bookings: readonly Booking[],
  storedBefore: ReadonlyMap<string, Booking>,
): pg.QueryConfig[] {
  const writes: pg.QueryConfig[] = [];
  const hadSeats = ({ id }: Booking) => isLive(storedBefore.get(id)?.status ?? 'cancelled');
  const freed = seatValues(bookings.filter((b) => hadSeats(b) && !isLive(b.status)));
  const taken = seatValues(bookings.filter((b) => !hadSeats(b) && isLive(b.status)));
  if (freed !== undefined) writes.push({ ...freeSeats, values: freed });
  if (taken !== undefined) writes.push({ ...takeSeats, values: taken });
  return writes;
}

function seatValues(bookings: readonly Booking[]): unknown[] | undefined {
  const rows = bookings.flatMap((b) =>
    (b.seats ?? []).map((label) => ({ label, id: b.id, sectionId: b.sectionId })),
  );
  if (rows.length === 0) return undefined;
  const sectionIds = arrayLiteral(rows.map((row) => row.sectionId));
  return [sectionIds, rows.map((row) => row.label), arrayLiteral(rows.map((row) => row.id))];
}

function ledgerWrites(
  entries: readonly LedgerEntry[],
  decidedAtUs: number | null,
): pg.QueryConfig[] {
  if (entries.length === 0) return [];
  const { sections, places } = placesOf(entries.map((entry) => entry.sectionId));
  const values = [
    arrayLiteral(sections),
    arrayLiteral(places),
    arrayLiteral(entries.map((e) => e.sequence)),
    arrayLiteral(entries.map((e) => e.command)),
    arrayLiteral(entries.map((e) => e.bookingId)),
    column(entries.map((e) => e.userId)),
    arrayLiteral(entries.map((e) => e.quantity)),
    arrayLiteral(entries.map((e) => e.outcome)),
    column(entries.map((e) => e.reason)),
    arrayLiteral(entries.map((e) => e.remaining)),
    textColumn(entries.map((e) => e.seats?.join(',') ?? null)),
    column(entries.map((e) => e.chosen)),
    column(entries.map((e) => e.expiresAtUs)),
    textColumn(entries.map((e) => (e.change === null ? null : JSON.stringify(e.change)))),
    arrayLiteral(entries.map((e) => e.acceptedAtUs)),
    ...callerColumns(entries),
    decidedAtUs,
  ];
  return [{ ...insertLedger, values }];
}
