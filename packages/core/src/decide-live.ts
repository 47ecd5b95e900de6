import { type Booking, type BookingStatus, isLive } from './booking.js';
import type { CancelCommand, ConfirmCommand, ExpireCommand } from './command.js';
import type { Inventory } from './inventory.js';
import type { LedgerEntry, Verdict } from './outcome.js';
import type { Section } from './section.js';

type LiveCommand = ConfirmCommand | CancelCommand | ExpireCommand;

/**
 * Decides a confirmation. One that was accepted before the hold ends wins over its expiry, however
 * long it was queued; one that came too late ends the hold there and then.
 */
export function decideConfirm(inventory: Inventory, command: ConfirmCommand): Verdict {
  const booking = inventory.bookings.get(command.bookingId);
  if (booking === undefined) return { kind: 'refused', refusal: 'unknown' };
  if (booking.status === 'confirmed') return { kind: 'repeated', booking };
  if (booking.status !== 'held') return { kind: 'refused', refusal: booking.status };
  const inTime = command.acceptedAtUs < (booking.expiresAtUs ?? 0);
  return become(inventory.section, command, booking, inTime ? 'confirmed' : 'expired');
}

/** Decides a cancellation: seats return exactly once, however often it is asked for. */
export function decideCancel(inventory: Inventory, command: CancelCommand): Verdict {
  const booking = inventory.bookings.get(command.bookingId);
  if (booking === undefined) return { kind: 'refused', refusal: 'unknown' };
  if (booking.status === 'cancelled') return { kind: 'repeated', booking };
  if (!isLive(booking.status)) return { kind: 'refused', refusal: booking.status };
  return become(inventory.section, command, booking, 'cancelled');
}

/** Decides an expiry: it happens only to a hold, and only once its time is over. */
export function decideExpire(inventory: Inventory, command: ExpireCommand, nowUs: number): Verdict {
  const booking = inventory.bookings.get(command.bookingId);
  if (booking === undefined) return { kind: 'refused', refusal: 'unknown' };
  const due = booking.status === 'held' && (booking.expiresAtUs ?? 0) <= nowUs;
  if (!due) return { kind: 'repeated', booking };
  return become(inventory.section, command, booking, 'expired');
}

/** The booking becomes confirmed and keeps its seats, or it ends and gives them back. */
function become(
  section: Section,
  command: LiveCommand,
  booking: Booking,
  status: Extract<BookingStatus, 'confirmed' | 'cancelled' | 'expired'>,
): Verdict {
  const { quantity, price } = booking;
  const wasHeld = booking.status === 'held';
  const kept = status === 'confirmed';
  const after: Section = {
    ...section,
    remaining: section.remaining + (kept ? 0 : quantity),
    held: section.held - (wasHeld ? quantity : 0),
    confirmed: section.confirmed + (kept ? quantity : wasHeld ? 0 : -quantity),
    revenue: section.revenue + (kept ? price : wasHeld ? 0 : -price),
    sequence: section.sequence + 1,
    version: section.version + 1,
  };
  const entry: LedgerEntry = {
    sectionId: section.id,
    sequence: after.sequence,
    command: command.kind,
    bookingId: booking.id,
    userId: booking.userId,
    caller: command.caller ?? null,
    quantity,
    outcome: status,
    reason: null,
    remaining: after.remaining,
    seats: booking.seats,
    chosen: null,
    expiresAtUs: booking.expiresAtUs,
    change: null,
    acceptedAtUs: command.acceptedAtUs,
  };
  return { kind: 'recorded', entry, section: after, booking: { ...booking, status } };
}
