import type { SectionEvidence } from './section-evidence.js';
import type { Violation } from './violation.js';

const oversold = 'no section is oversold';
const seatTwice = 'no seat is sold twice';
const balanced = 'holds and cancels are balanced';

/** A hold that should have ended so long ago is one that nobody ends. */
const overdueMsMax = 5_000;

/**
 * The seats of live bookings are within the capacity, each numbered one in one booking only, and
 * the section's counters are their sums. The clients' own tickets, those that were confirmed by
 * what they were told last and that they never asked to cancel, must be different seats too.
 */
export function checkSeats({ truth, requests }: SectionEvidence, nowMs: number): Violation[] {
  const violations: Violation[] = [];
  const sums = { held: 0, confirmed: 0 };
  const bookingOfSeat = new Map<string, string>();
  const claimSeats = (seats: readonly string[] | null | undefined, bookingId: string) => {
    for (const seat of seats ?? []) {
      const other = bookingOfSeat.get(seat) ?? bookingId;
      bookingOfSeat.set(seat, bookingId);
      if (other === bookingId) continue;
      const detail = `seat ${seat} of ${truth.id} is both ${other}'s and ${bookingId}'s`;
      violations.push({ promise: seatTwice, detail });
    }
  };
  for (const { id, status, quantity, seats, expiresMs } of truth.bookings.values()) {
    if (status !== 'held' && status !== 'confirmed') continue;
    sums[status] += quantity;
    claimSeats(seats, id);
    if (status === 'held' && expiresMs !== null && expiresMs + overdueMsMax < nowMs) {
      violations.push({ promise: balanced, detail: `the hold ${id} ended and is still held` });
    }
  }
  for (const { observations, cancelAsked } of requests) {
    const last = observations.findLast(({ status }) => status !== 'missing');
    if (last?.status !== 'confirmed' || cancelAsked) continue;
    claimSeats(observations.findLast(({ seats }) => seats !== undefined)?.seats, last.bookingId);
  }
  const live = sums.held + sums.confirmed;
  if (live > truth.capacity || truth.remaining < 0) {
    const detail = `${truth.id} has ${truth.capacity} seats and sold ${live}`;
    violations.push({ promise: oversold, detail });
  }
  const { held, confirmed, remaining, capacity } = truth;
  if (held !== sums.held || confirmed !== sums.confirmed || remaining !== capacity - live) {
    const detail = `${truth.id} counts ${remaining} left, ${held} held, ${confirmed} confirmed of ${capacity}; its bookings hold ${sums.held} and have ${sums.confirmed}`;
    violations.push({ promise: balanced, detail });
  }
  return violations;
}
