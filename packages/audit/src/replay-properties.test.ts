import type { Terms } from '@stile/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bookingIdAt,
  type History,
  RecordedSection,
  secondUs,
  startUs,
  userIdOf,
} from './recorded-section.test-fixture.js';
import type { LedgerRow } from './stored-rows.js';
import { replay, violationOf, withRow, withSection } from './tampered-history.test-fixture.js';

/** Any command, about any booking that was asked for, at any time. */
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant('book' as const),
    quantity: fc.integer({ min: 1, max: 4 }),
    hold: fc.boolean(),
    user: fc.option(fc.nat(2), { nil: undefined }),
    seats: fc.option(
      fc.uniqueArray(fc.constantFrom('A-1', 'A-2', 'A-7', 'B-1', 'Z-1'), { minLength: 1 }),
      { nil: undefined, freq: 4 },
    ),
    cancelled: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  fc.record({
    kind: fc.constantFrom('confirm' as const, 'cancel' as const, 'expire' as const),
    back: fc.nat(6),
    waitSeconds: fc.constantFrom(0, 0, 1, 60, 130),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    terms: fc.record<Partial<Terms>>(
      {
        capacity: fc.integer({ min: 1, max: 40 }),
        price: fc.integer({ min: 0, max: 5_000 }),
        maxPerBooking: fc.option(fc.integer({ min: 1, max: 4 })),
        maxPerUser: fc.option(fc.integer({ min: 1, max: 6 })),
        holdSeconds: fc.integer({ min: 1, max: 120 }),
        salesOpenAtUs: fc.option(fc.nat(40).map((n) => startUs + n * 1_000)),
        salesCloseAtUs: fc.option(fc.nat(40).map((n) => startUs + n * 1_000)),
        closed: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  }),
);

const anyHistory = fc
  .record({
    seating: fc.constantFrom('general' as const, 'reserved' as const),
    capacity: fc.integer({ min: 1, max: 30 }),
    maxPerUser: fc.option(fc.integer({ min: 1, max: 6 })),
    steps: fc.array(anyStep, { minLength: 1, maxLength: 60 }),
  })
  .map(({ seating, steps, ...terms }): History => {
    const recorded = new RecordedSection(terms, seating);
    let asked = 0;
    for (const step of steps) {
      if (step.kind === 'change') {
        recorded.change(step.terms);
      } else if (step.kind === 'book') {
        const { seats, hold, user } = step;
        const wish = {
          ...{ hold, ...(seats === undefined ? {} : { seats }) },
          ...(user === undefined ? {} : { user }),
        };
        const quantity = seats?.length ?? step.quantity;
        if (step.cancelled) recorded.bookCancelled(quantity, wish);
        else recorded.book(quantity, wish);
        asked++;
      } else if (asked > 0) {
        recorded.nowUs += step.waitSeconds * secondUs;
        recorded[step.kind](Math.max(0, asked - 1 - step.back));
      }
    }
    return recorded.history();
  });

const anyRow = anyHistory
  .filter(({ rows }) => rows.length > 0)
  .chain((history) => fc.tuple(fc.constant(history), fc.nat(history.rows.length - 1)));

/** Other values that a column of the ledger could have. */
const tamperings: { readonly [Name in keyof LedgerRow]?: readonly LedgerRow[Name][] } = {
  sequence: [0, 1, 2, 61],
  bookingId: [bookingIdAt(900), null],
  userId: [userIdOf(0), userIdOf(9), null],
  quantity: [-1, 0, 1, 2, 3, 90],
  outcome: ['held', 'confirmed', 'rejected', 'expired', 'cancelled', 'changed'],
  reason: ['sold_out', 'seat_taken', 'limit_exceeded', 'sales_closed', 'internal_error', null],
  remaining: [-1, 0, 1, 2, 7, 90],
  seats: [['A-1'], ['A-2', 'A-3'], ['X-1'], [], null],
  expiresAtUs: [startUs, startUs + 121 * secondUs, null],
  change: [{ id: 'x', from: { price: 1 }, to: { price: 2 } }, { id: 'y', from: {}, to: {} }, null],
};
const tampering = fc.constantFrom(
  ...Object.entries(tamperings).flatMap(([name, values]) =>
    (values as readonly unknown[]).map((value) => [name as keyof LedgerRow, value] as const),
  ),
);

const counters = ['remaining', 'held', 'confirmed', 'rejected', 'revenue', 'version'] as const;

describe('the replay of a section', () => {
  test('finds nothing in any history that was really decided, and counts it', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { violation, totals } = replay(history);
        expect(violation).toBeUndefined();
        expect(totals.decisions).toBe(history.rows.length);
        expect(totals.seatsHeld).toBe(history.section.held);
        expect(totals.seatsConfirmed).toBe(history.section.confirmed);
        const { held, confirmed, rejected, expired, cancelled, changed } = totals;
        const outcomes = held + confirmed + rejected + expired + cancelled + changed;
        expect(outcomes).toBe(totals.decisions);
      }),
      { numRuns: 500 },
    );
  });

  test('finds any row that was taken out, by the number that is missing', () => {
    fc.assert(
      fc.property(anyRow, ([{ section, rows }, at]) => {
        const { violation } = replay({ section, rows: rows.filter((_, i) => i !== at) });
        const isLast = at === rows.length - 1;
        expect(violation?.sequence).toBe(isLast ? at : at + 1);
        expect(violation?.what).toBe(isLast ? "the section's sequence" : 'sequence');
      }),
    );
  });

  test('finds any column of the ledger that was changed by hand, at its own sequence', () => {
    fc.assert(
      fc.property(anyRow, tampering, ([history, at], [name, value]) => {
        const row = history.rows[at] as LedgerRow;
        fc.pre(JSON.stringify(row[name]) !== JSON.stringify(value));
        // Which seats were asked for in vain is told by the ledger alone.
        fc.pre(name !== 'seats' || !['rejected', 'cancelled'].includes(row.outcome));
        const tampered = withRow(history, at, { [name]: value });
        // An id that nobody has comes without a booking.
        const joined =
          name === 'bookingId' ? withRow(tampered, at, { booking: undefined }) : tampered;
        expect(replay(joined).violation?.sequence).toBe(at + 1);
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds any counter of the section that was changed by hand', () => {
    const tampered = fc.tuple(anyHistory, fc.constantFrom(...counters));
    fc.assert(
      fc.property(tampered, ([history, name]) => {
        const { section } = history;
        const found = section[name] + 1;
        expect(replay(withSection(history, { [name]: found })).violation).toEqual(
          violationOf(section.sequence, `the section's ${name}`, section[name], found),
        );
      }),
    );
  });
});
