import { type Booking, isLive } from './booking.js';
import type { Verdict } from './outcome.js';
import type { SeatMap } from './seat-map.js';
import type { Section } from './section.js';

/**
 * What deciding in one section takes: the section, the bookings its commands are about, the seats
 * that their users have, and in a reserved section the seat map.
 */
export interface Inventory {
  readonly section: Section;
  readonly bookings: ReadonlyMap<string, Booking>;
  /** Seats in live bookings by user id; only users of this batch, only where they are limited. */
  readonly seatsOfUsers: ReadonlyMap<string, number>;
  readonly seats: SeatMap | undefined;
  /** Ids of change commands that were decided before, by an earlier attempt at them. */
  readonly changesMade?: ReadonlySet<string>;
}

/** An inventory that a batch works on; its owner alone may change it. */
export interface WorkingInventory {
  section: Section;
  readonly bookings: Map<string, Booking>;
  readonly seatsOfUsers: Map<string, number>;
  readonly seats: SeatMap | undefined;
  readonly changesMade: Set<string>;
}

/** A copy of an inventory to work on; the original stays as it is. */
export const workingCopy = (inventory: Inventory): WorkingInventory => ({
  section: inventory.section,
  bookings: new Map(inventory.bookings),
  seatsOfUsers: new Map(inventory.seatsOfUsers),
  seats: inventory.seats?.clone(),
  changesMade: new Set(inventory.changesMade),
});

/** Brings an inventory to where a recorded verdict leads. */
export function evolve(inventory: WorkingInventory, verdict: Verdict): void {
  if (verdict.kind !== 'recorded') return;
  inventory.section = verdict.section;
  if (verdict.entry.change !== null) inventory.changesMade.add(verdict.entry.change.id);
  const after = verdict.booking;
  if (after === undefined) return;
  const before = inventory.bookings.get(after.id);
  inventory.bookings.set(after.id, after);

  const gained = seatCount(after) - (before === undefined ? 0 : seatCount(before));
  if (after.userId !== null && gained !== 0) {
    const had = inventory.seatsOfUsers.get(after.userId) ?? 0;
    inventory.seatsOfUsers.set(after.userId, had + gained);
  }
  const { seats } = inventory;
  if (seats === undefined || after.seats === null || gained === 0) return;
  const positions = after.seats.map((label) => seats.plan.positionOf(label) ?? -1);
  if (gained > 0) seats.take(positions);
  else seats.release(positions);
}

const seatCount = (booking: Booking): number => (isLive(booking.status) ? booking.quantity : 0);
