import { flawOfRows, SeatMap, SeatPlan, type Terms, type WorkingInventory } from '@stile/core';
import type { StoredSection } from './stored-rows.js';
import { termNames } from './terms.js';
import type { Difference } from './violation.js';

/** What keeps the section's seats from being a plan that could be replayed. */
export function flawOfSeating({
  seating,
  seatRows,
  capacity,
}: StoredSection): Difference | undefined {
  if (seating === 'general') return undefined;
  const what = "the section's seat_rows";
  if (!Array.isArray(seatRows)) return { what, expected: 'rows of seats', found: null };
  const flaw = flawOfRows(seatRows);
  if (flaw !== undefined) return { what, expected: 'rows of seats', found: flaw.message };
  const { count } = new SeatPlan(seatRows);
  if (count === capacity) return undefined;
  return { what: "the section's capacity", expected: count, found: capacity };
}

/**
 * A section before its first decision: all of its seats free, under the terms of that time. Its
 * seating must be without a flaw.
 */
export function startingInventory(stored: StoredSection): WorkingInventory {
  const terms = { ...stored, ...stored.firstTerms };
  const { id, seating, seatRows } = stored;
  return {
    section: {
      ...(Object.fromEntries(termNames.map((name) => [name, terms[name]])) as unknown as Terms),
      ...{ id, seating, remaining: terms.capacity, held: 0, confirmed: 0, rejected: 0 },
      ...{ revenue: 0, sequence: 0, version: 0 },
    },
    bookings: new Map(),
    seatsOfUsers: new Map(),
    changesMade: new Set(),
    seats: seatRows === null ? undefined : new SeatMap(new SeatPlan(seatRows)),
  };
}
