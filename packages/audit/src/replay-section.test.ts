import type { Terms } from '@stile/core';
import { describe, expect, test } from 'vitest';
import {
  bookingIdAt,
  type History,
  RecordedSection,
  secondUs,
  startUs,
} from './recorded-section.test-fixture.js';
import type { LedgerRow } from './stored-rows.js';
import {
  replay,
  sale,
  violationOf,
  withBooking,
  withoutRow,
  withRow,
  withSection,
} from './tampered-history.test-fixture.js';
import type { Violation } from './violation.js';

/** Holds 0 and 1; 0 confirmed, 1 expired, 2 cancelled in the queue, 3 confirmed, 3 cancelled. */
function life(): History {
  const recorded = new RecordedSection({ capacity: 5 });
  recorded.book(2, { hold: true });
  recorded.book(3, { hold: true });
  recorded.confirm(0);
  recorded.nowUs += 121 * secondUs;
  recorded.expire(1);
  recorded.bookCancelled(1);
  recorded.book(3);
  recorded.cancel(3);
  return recorded.history();
}

/** Row A of 5: picked A-1 … A-3, chosen A-5, again in vain, cancelled, and chosen by the next. */
function hall(): History {
  const recorded = new RecordedSection({ capacity: 5 }, 'reserved');
  recorded.book(3);
  recorded.book(1, { seats: ['A-5'] });
  recorded.book(1, { seats: ['A-5'] });
  recorded.cancel(1);
  recorded.book(1, { seats: ['A-5'] });
  return recorded.history();
}

/** Price 2,500 and no limit; after one booking 3,000 and 2 a user, then one more for the user. */
function changed(): History {
  const recorded = new RecordedSection();
  recorded.book(2, { user: 1 });
  recorded.change({ price: 3_000, maxPerUser: 2 });
  recorded.book(1, { user: 1 });
  recorded.book(1, { user: 2 });
  return recorded.history();
}

function twiceChanged(): History {
  const recorded = new RecordedSection();
  recorded.change({ price: 3_000 });
  recorded.change({ price: 4_000 });
  return recorded.history();
}

/** A hold whose expiry, the last decision, is neither in the ledger nor in the counters. */
function heldForEver(): History {
  const recorded = new RecordedSection();
  recorded.book(2, { hold: true });
  return withBooking(recorded.history(), 0, { status: 'expired' });
}

describe('the replay finds', () => {
  test.each<[string, History, Violation]>([
    [
      'a gap',
      { ...sale(), rows: sale().rows.filter((_, i) => i !== 1) },
      violationOf(2, 'sequence', 2, 3),
    ],
    [
      'a changed remaining',
      withRow(sale(), 2, { remaining: 1 }),
      violationOf(3, 'remaining', 0, 1),
    ],
    [
      'a rejection of what fits',
      withRow(sale(), 2, { outcome: 'rejected', reason: 'sold_out' }),
      violationOf(3, 'outcome', 'confirmed', 'rejected'),
    ],
    [
      'a confirmation of what does not fit',
      withRow(sale(), 3, { outcome: 'confirmed', reason: null }),
      violationOf(4, 'outcome', 'rejected', 'confirmed'),
    ],
    [
      'a lost reason',
      withRow(sale(), 1, { reason: null }),
      violationOf(2, 'reason', 'sold_out', null),
    ],
    [
      'a quantity that frees seats',
      withRow(sale(), 0, { quantity: -1, remaining: 6 }),
      violationOf(1, 'quantity', 'at least 1', -1),
    ],
    [
      'a missing booking',
      withRow(sale(), 1, { booking: undefined }),
      violationOf(2, 'the booking', bookingIdAt(1), null),
    ],
    [
      'a section that sold without a ledger',
      { section: sale().section, rows: [] },
      violationOf(0, "the section's sequence", 0, 4),
    ],
    [
      'a confirmation that is recorded as an expiry',
      withRow(life(), 2, { outcome: 'expired' }),
      violationOf(3, 'outcome', 'confirmed', 'expired'),
    ],
    [
      'an expiry before its time',
      withRow(life(), 3, { decidedAtUs: startUs + 2 * secondUs }),
      violationOf(4, 'outcome', 'no decision: it was so already, or not due', 'expired'),
    ],
    [
      'seats that were given back twice',
      { ...life(), rows: [...life().rows, { ...(life().rows[6] as LedgerRow), sequence: 8 }] },
      violationOf(8, 'outcome', 'no decision: refused, unknown', 'cancelled'),
    ],
    ['a hold that was never returned', withoutRow(life(), 3), violationOf(4, 'remaining', 0, 3)],
    [
      'a hold that was never returned, however the rest is made to fit',
      heldForEver(),
      violationOf(1, "the booking's status", 'held', 'expired'),
    ],
    [
      'a hold that was never confirmed in the ledger',
      withoutRow(life(), 2),
      violationOf(1, "the booking's status", 'held', 'confirmed'),
    ],
    [
      'a cancelled booking that is stored as sold',
      withBooking(life(), 3, { status: 'confirmed' }),
      violationOf(7, "the booking's status", 'cancelled', 'confirmed'),
    ],
    [
      'a booking sold although it was cancelled in the queue',
      withRow(life(), 4, { outcome: 'confirmed' }),
      violationOf(5, 'remaining', 2, 3),
    ],
    [
      'a hold that ends at another time',
      withBooking(life(), 1, { expiresAtUs: startUs }),
      violationOf(2, "the booking's expires_at (µs)", startUs + 121 * secondUs, startUs),
    ],
    [
      'a seat that was given twice',
      withRow(hall(), 2, { outcome: 'confirmed', reason: null }),
      violationOf(3, 'outcome', 'rejected', 'confirmed'),
    ],
    [
      'other seats than the best',
      withRow(hall(), 0, { seats: ['A-2', 'A-3', 'A-4'] }),
      violationOf(1, 'seats', 'A-1, A-2, A-3', 'A-2, A-3, A-4'),
    ],
    [
      'other seats of a booking than of its decision',
      withBooking(hall(), 3, { seats: ['A-4'] }),
      violationOf(5, "the booking's seats", 'A-5', 'A-4'),
    ],
    [
      'rows of seats that are no plan',
      withSection(hall(), { seatRows: [] }),
      violationOf(0, "the section's seat_rows", 'rows of seats', 'There must be at least one row.'),
    ],
    [
      'a capacity that the rows of seats do not have',
      withSection(hall(), { capacity: 6 }),
      violationOf(0, "the section's capacity", 5, 6),
    ],
    [
      'a user over the limit',
      withRow(changed(), 2, { outcome: 'confirmed', reason: null }),
      violationOf(3, 'outcome', 'rejected', 'confirmed'),
    ],
    [
      'a change that is missing',
      withSection(withoutRow(changed(), 1), { firstTerms: {} }),
      violationOf(1, "the booking's price", 6_000, 5_000),
    ],
    [
      'a change to something else',
      withRow(changed(), 1, { change: { id: 'x', from: { price: 2_500 }, to: { price: 3_000 } } }),
      violationOf(3, 'outcome', 'confirmed', 'rejected'),
    ],
    [
      'a change from something else',
      withRow(twiceChanged(), 1, { change: { id: 'x', from: { price: 1 }, to: { price: 4_000 } } }),
      violationOf(
        2,
        'change',
        '{"id":"x","from":{"price":3000},"to":{"price":4000}}',
        '{"id":"x","from":{"price":1},"to":{"price":4000}}',
      ),
    ],
    [
      'a change of a counter',
      withRow(changed(), 1, { change: { id: 'x', from: {}, to: { held: 5 } as Partial<Terms> } }),
      violationOf(2, 'outcome', 'no decision: it was so already, or not due', 'changed'),
    ],
    [
      'terms that no change led to',
      withSection(changed(), {
        holdSeconds: 60,
        firstTerms: { holdSeconds: 120, price: 2_500, maxPerUser: null },
      }),
      violationOf(4, "the section's hold_seconds", 120, 60),
    ],
  ])('%s', (_what, history, violation) => {
    expect(replay(history).violation).toEqual(violation);
  });
});
