import {
  bookingIdAt,
  type History,
  RecordedSection,
  sectionId,
} from './recorded-section.test-fixture.js';
import { SectionReplay } from './replay-section.js';
import type { LedgerRow, StoredBooking, StoredSection } from './stored-rows.js';
import { noTotals } from './totals.js';
import type { Value, Violation } from './violation.js';

export function replay({ section, rows }: History) {
  const totals = noTotals();
  const replaying = new SectionReplay(section, totals);
  for (const row of rows) {
    const violation = replaying.next(row);
    if (violation !== undefined) return { violation, totals };
  }
  return { violation: replaying.end(), totals };
}

export const withRow = (
  { section, rows }: History,
  at: number,
  change: Partial<LedgerRow>,
): History => ({
  section,
  rows: rows.map((row, i) => (i === at ? { ...row, ...change } : row)),
});

/** The booking as it is stored, in every row that names it. */
export const withBooking = (
  { section, rows }: History,
  n: number,
  change: Partial<StoredBooking>,
) => ({
  section,
  rows: rows.map((row) => {
    const isOne = row.bookingId === bookingIdAt(n) && row.booking !== undefined;
    return isOne ? { ...row, booking: { ...(row.booking as StoredBooking), ...change } } : row;
  }),
});

export const withSection = (
  { section, rows }: History,
  change: Partial<StoredSection>,
): History => ({
  section: { ...section, ...change },
  rows,
});

/** Without a row, and with the numbers behind it moved up as someone would who hides that. */
export function withoutRow({ section, rows }: History, at: number): History {
  const sequence = section.sequence - 1;
  const left = rows.filter((_, i) => i !== at);
  return {
    section: { ...section, sequence },
    rows: left.map((row, i) => {
      const booking = row.booking && {
        ...row.booking,
        sequence: left.findIndex((r) => r.command === 'book' && r.bookingId === row.bookingId) + 1,
      };
      return { ...row, sequence: i + 1, booking };
    }),
  };
}

export const violationOf = (
  sequence: number,
  what: string,
  expected: Value,
  found: Value,
): Violation => ({
  ...{ sectionId, sequence, what, expected, found },
});

/** Capacity 5: confirmed 2, rejected 4, confirmed 3, rejected 1. */
export function sale(): History {
  const recorded = new RecordedSection({ capacity: 5 });
  for (const quantity of [2, 4, 3, 1]) recorded.book(quantity);
  return recorded.history();
}
