import { describe, expect, test } from 'vitest';
import {
  book,
  cancel,
  change,
  entryOf,
  freshHall,
  freshInventory,
  freshSection,
  Life,
  wordOf,
} from './section.test-fixture.js';

/** Ten seats: three confirmed, two held. */
function lifeWithBookings(): Life {
  const life = new Life(freshInventory(freshSection(10)));
  life.words(book(1, 3), book(2, 2, { hold: true }));
  return life;
}

describe('a change of the capacity', () => {
  test('adds seats for the next in line', () => {
    const life = lifeWithBookings();
    expect(life.words(book(3, 6), change({ capacity: 11 }), book(4, 6))).toEqual([
      ...['sold_out', 'changed', 'confirmed'],
    ]);
    expect(life.section).toMatchObject({ capacity: 11, remaining: 0, confirmed: 9, held: 2 });
  });

  test('takes away what is free, to the last seat, and not what is held or sold', () => {
    const life = lifeWithBookings();
    const words = life.words(change({ capacity: 4 }), change({ capacity: 5 }));
    expect(words).toEqual(['refused: below_sold', 'changed']);
    expect(life.section).toMatchObject({ capacity: 5, remaining: 0, version: 3, sequence: 3 });
  });

  test('of a reserved section is refused', () => {
    const life = new Life(freshHall([{ row: 'A', seats: 4 }]));
    expect(life.words(change({ capacity: 5 }), change({ capacity: 4 }))).toEqual([
      ...['refused: reserved', 'repeated'],
    ]);
  });
});

describe('a change of terms', () => {
  test('is recorded with what it replaced, and only that', () => {
    const life = lifeWithBookings();
    const terms = { price: 3_000, maxPerUser: 4, holdSeconds: 60 };
    expect(entryOf(life.tell(change(terms, 5)))).toMatchObject({
      ...{ command: 'change', bookingId: null, quantity: 0, outcome: 'changed', remaining: 5 },
      change: { from: { price: 2_500, maxPerUser: null }, to: { price: 3_000, maxPerUser: 4 } },
    });
    expect(life.section).toMatchObject(terms);
  });

  test('that is decided again, after another, changes nothing', () => {
    const life = lifeWithBookings();
    const up = change({ price: 3_000 });
    expect(life.words(up, change({ price: 100 }), up)).toEqual(['changed', 'changed', 'repeated']);
    expect(life.section.price).toBe(100);
  });

  test('holds for who comes after it; what was sold stays at its price', () => {
    const life = lifeWithBookings();
    life.words(change({ price: 100 }), book(3, 1), cancel(1));
    expect(life.section.revenue).toBe(100);
  });

  test('that changes nothing is not recorded', () => {
    const life = lifeWithBookings();
    const before = life.section;
    expect(life.words(change({}), change({ price: 2_500, maxPerUser: null }))).toEqual([
      ...['repeated', 'repeated'],
    ]);
    expect(life.section).toBe(before);
  });

  test('that is refused in part is refused as a whole', () => {
    const life = lifeWithBookings();
    expect(life.words(change({ price: 1, capacity: 4 }))).toEqual(['refused: below_sold']);
    expect(life.section.price).toBe(2_500);
  });
});

describe('closing', () => {
  test('is refused while somebody has seats, be it on hold', () => {
    const life = lifeWithBookings();
    const close = change({ closed: true });
    expect(life.words(close, cancel(1), close, cancel(2), close)).toEqual([
      ...['refused: live_bookings', 'cancelled', 'refused: live_bookings', 'cancelled', 'changed'],
    ]);
  });

  test('ends the sale for good', () => {
    const life = new Life(freshInventory(freshSection(10)));
    expect(life.words(change({ closed: true }), book(1, 1))).toEqual(['changed', 'sales_closed']);
    expect(wordOf(life.tell(book(2, 1, { hold: true })))).toBe('sales_closed');
  });
});
