import { bestAvailable } from './best-available.js';
import type { Booking, RejectionReason } from './booking.js';
import type { BookCommand } from './command.js';
import type { Inventory } from './inventory.js';
import type { LedgerEntry, Verdict } from './outcome.js';
import type { Section } from './section.js';

const microseconds = 1_000_000;

/** The seats that a request gets, or why it gets none. */
type Allocation =
  | { readonly seats: readonly string[] | null; readonly adjacent: boolean | null }
  | { readonly reason: RejectionReason };

/**
 * Decides a request to book. One that fits is held or confirmed; one that doesn't is rejected and
 * leaves the inventory as it was, but is numbered and recorded all the same: a rejection is a
 * decision too.
 */
export function decideBook(inventory: Inventory, command: BookCommand, nowUs: number): Verdict {
  const known = inventory.bookings.get(command.id);
  if (known !== undefined && known.sequence !== null) return { kind: 'repeated', booking: known };
  if (known !== undefined) return recordCancelled(inventory.section, command, known);

  const { section } = inventory;
  const reason = refusedByTerms(inventory, command);
  const allocation = reason === undefined ? allocate(inventory, command) : { reason };
  return 'reason' in allocation
    ? reject(section, command, allocation.reason)
    : accept(section, command, allocation, nowUs);
}

/**
 * Turns down a request that can't be decided: every attempt to store what it comes to fails. What
 * may be at fault is left out of its record.
 */
export function rejectUndecidable(inventory: Inventory, command: BookCommand): Verdict {
  const known = inventory.bookings.get(command.id);
  if (known !== undefined && known.sequence !== null) return { kind: 'repeated', booking: known };
  if (known !== undefined) return recordCancelled(inventory.section, command, known);
  const { userId: _userId, seats: _seats, ...plain } = command;
  return reject(inventory.section, plain, 'internal_error');
}

function refusedByTerms(inventory: Inventory, command: BookCommand): RejectionReason | undefined {
  const { section, seatsOfUsers } = inventory;
  const { acceptedAtUs, quantity, userId } = command;
  const { salesOpenAtUs, salesCloseAtUs, maxPerBooking, maxPerUser } = section;
  if (section.closed) return 'sales_closed';
  if (salesOpenAtUs !== null && acceptedAtUs < salesOpenAtUs) return 'sales_closed';
  if (salesCloseAtUs !== null && acceptedAtUs >= salesCloseAtUs) return 'sales_closed';
  if (maxPerBooking !== null && quantity > maxPerBooking) return 'limit_exceeded';
  if (maxPerUser === null) return undefined;
  // Where users are limited, a request that names none can't be counted.
  if (userId === undefined) return 'limit_exceeded';
  return (seatsOfUsers.get(userId) ?? 0) + quantity > maxPerUser ? 'limit_exceeded' : undefined;
}

function allocate({ section, seats }: Inventory, command: BookCommand): Allocation {
  const { quantity, seats: wanted } = command;
  if (seats === undefined) {
    if (wanted !== undefined) return { reason: 'seat_taken' };
    return quantity <= section.remaining ? { seats: null, adjacent: null } : { reason: 'sold_out' };
  }
  if (wanted !== undefined) {
    const free =
      new Set(wanted).size === quantity &&
      wanted.every((label) => {
        const position = seats.plan.positionOf(label);
        return position !== undefined && seats.isFree(position);
      });
    return free ? { seats: wanted, adjacent: null } : { reason: 'seat_taken' };
  }
  const best = bestAvailable(seats, quantity);
  if (best === undefined) return { reason: 'sold_out' };
  const labels = best.positions.map((position) => seats.plan.labelOf(position));
  return { seats: labels, adjacent: best.adjacent };
}

function accept(
  section: Section,
  command: BookCommand,
  { seats, adjacent }: Extract<Allocation, { seats: unknown }>,
  nowUs: number,
): Verdict {
  const { quantity, hold = false } = command;
  const status = hold ? 'held' : 'confirmed';
  const expiresAtUs = hold ? nowUs + section.holdSeconds * microseconds : null;
  const price = quantity * section.price;
  const after: Section = {
    ...section,
    remaining: section.remaining - quantity,
    held: section.held + (hold ? quantity : 0),
    confirmed: section.confirmed + (hold ? 0 : quantity),
    revenue: section.revenue + (hold ? 0 : price),
    sequence: section.sequence + 1,
    version: section.version + 1,
  };
  const booking = { ...newBooking(after, command), status, price, seats, adjacent, expiresAtUs };
  return record(after, command, booking as Booking);
}

function reject(section: Section, command: BookCommand, reason: RejectionReason): Verdict {
  const after: Section = {
    ...section,
    rejected: section.rejected + 1,
    sequence: section.sequence + 1,
  };
  const price = command.quantity * section.price;
  return record(after, command, { ...newBooking(after, command), reason, price });
}

/** It was cancelled before its turn came: its place in line is recorded, and nothing is sold. */
function recordCancelled(section: Section, command: BookCommand, cancelled: Booking): Verdict {
  const after: Section = { ...section, sequence: section.sequence + 1 };
  return record(after, command, { ...cancelled, sequence: after.sequence });
}

const newBooking = (after: Section, command: BookCommand): Booking => ({
  id: command.id,
  sectionId: after.id,
  userId: command.userId ?? null,
  caller: command.caller ?? null,
  quantity: command.quantity,
  status: 'rejected',
  reason: null,
  price: 0,
  seats: null,
  adjacent: null,
  expiresAtUs: null,
  sequence: after.sequence,
});

function record(section: Section, command: BookCommand, booking: Booking): Verdict {
  const entry: LedgerEntry = {
    sectionId: section.id,
    sequence: section.sequence,
    command: 'book',
    bookingId: booking.id,
    userId: booking.userId,
    caller: command.caller ?? null,
    quantity: booking.quantity,
    outcome: booking.status,
    reason: booking.reason,
    remaining: section.remaining,
    seats: booking.seats ?? command.seats ?? null,
    chosen: section.seating === 'reserved' ? command.seats !== undefined : null,
    expiresAtUs: booking.expiresAtUs,
    change: null,
    acceptedAtUs: command.acceptedAtUs,
  };
  return { kind: 'recorded', entry, section, booking };
}
