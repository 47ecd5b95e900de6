import { describe, expect, test } from 'vitest';
import {
  atUs,
  book,
  cancel,
  confirm,
  entryOf,
  expire,
  freshInventory,
  freshSection,
  Life,
  wordOf,
} from './section.test-fixture.js';

const held = { hold: true };
const tick = 1e-6;

/** A section of 10 seats where booking 1 holds four of them from second 0 to 60. */
function lifeWithHold(): Life {
  const life = new Life(freshInventory(freshSection(10)));
  life.tell(book(1, 4, held), 0);
  return life;
}

describe('a hold', () => {
  test('takes its seats and earns nothing yet; it ends as long after its decision as the section says', () => {
    const life = new Life(freshInventory(freshSection(10, { holdSeconds: 90 })));
    const verdict = life.tell(book(1, 4, { ...held, acceptedAtUs: atUs(3) }), 7);
    expect(entryOf(verdict)).toMatchObject({ outcome: 'held', expiresAtUs: atUs(97) });
    expect(life.section).toMatchObject({ remaining: 6, held: 4, confirmed: 0, revenue: 0 });
  });

  test('becomes a confirmed booking with the same seats, and is paid for then', () => {
    const life = lifeWithHold();
    const verdict = life.tell(confirm(1, 30), 31);
    expect(entryOf(verdict)).toMatchObject({
      ...{ command: 'confirm', outcome: 'confirmed', quantity: 4, remaining: 6, sequence: 2 },
    });
    expect(life.section).toMatchObject({ remaining: 6, held: 0, confirmed: 4, revenue: 10_000 });
    expect(life.section).toMatchObject({ sequence: 2, version: 2 });
  });

  test('confirmed again is still confirmed, once', () => {
    const life = lifeWithHold();
    life.tell(confirm(1, 30), 31);
    const before = life.section;
    expect(life.words(confirm(1, 30))).toEqual(['repeated']);
    expect(life.section).toBe(before);
  });

  test('keeps the price of when it was made', () => {
    const life = lifeWithHold();
    life.inventory.section = { ...life.section, price: 9_999 };
    life.tell(confirm(1, 30), 31);
    expect(life.section.revenue).toBe(10_000);
  });

  test.each([
    ['a moment before its end', 60 - tick, false],
    ['at its end', 60, true],
    ['long after its end', 3_600, true],
  ])('expires at its time and not before: %s', (_, seconds, ends) => {
    const life = lifeWithHold();
    expect(wordOf(life.tell(expire(1), seconds))).toBe(ends ? 'expired' : 'repeated');
    expect(life.section).toMatchObject({ remaining: ends ? 10 : 6, held: ends ? 0 : 4 });
    expect(life.section.confirmed).toBe(0);
  });

  test('expires once, and its seats return once', () => {
    const life = lifeWithHold();
    life.tell(expire(1), 60);
    expect(wordOf(life.tell(expire(1), 61))).toBe('repeated');
    expect(wordOf(life.tell(cancel(1), 61))).toBe('refused: expired');
    expect(life.section).toMatchObject({ remaining: 10, held: 0, revenue: 0, sequence: 2 });
  });
});

describe('a confirmation and the end of its hold', () => {
  test('accepted in time wins, however long it was queued', () => {
    const life = lifeWithHold();
    expect(wordOf(life.tell(confirm(1, 60 - tick), 300))).toBe('confirmed');
    expect(wordOf(life.tell(expire(1), 300))).toBe('repeated');
    expect(life.section).toMatchObject({ remaining: 6, held: 0, confirmed: 4 });
  });

  test('accepted too late ends the hold there and then', () => {
    const life = lifeWithHold();
    const verdict = life.tell(confirm(1, 60), 60);
    expect(entryOf(verdict)).toMatchObject({ command: 'confirm', outcome: 'expired' });
    expect(wordOf(life.tell(expire(1), 61))).toBe('repeated');
    expect(wordOf(life.tell(confirm(1, 60), 61))).toBe('refused: expired');
    expect(life.section).toMatchObject({ remaining: 10, held: 0, confirmed: 0, revenue: 0 });
  });

  test('decided after the expiry finds the hold ended, even if accepted in time', () => {
    const life = lifeWithHold();
    life.tell(expire(1), 60);
    expect(wordOf(life.tell(confirm(1, 59), 61))).toBe('refused: expired');
    expect(life.section).toMatchObject({ remaining: 10, confirmed: 0 });
  });
});

describe('a cancellation', () => {
  test('of a hold returns its seats once, and earned nothing', () => {
    const life = lifeWithHold();
    expect(life.words(cancel(1), cancel(1))).toEqual(['cancelled', 'repeated']);
    expect(life.section).toMatchObject({ remaining: 10, held: 0, revenue: 0, sequence: 2 });
    expect(wordOf(life.tell(expire(1), 60))).toBe('repeated');
    expect(life.section.remaining).toBe(10);
  });

  test('of a confirmed booking returns seats and money once', () => {
    const life = lifeWithHold();
    life.words(confirm(1), book(2, 1), cancel(1), cancel(1));
    expect(life.section).toMatchObject({ remaining: 9, held: 0, confirmed: 1, revenue: 2_500 });
    expect(life.words(confirm(1))).toEqual(['refused: cancelled']);
  });

  test('two hundred times over returns the seats once', () => {
    const life = new Life(freshInventory(freshSection(6)));
    life.tell(book(1, 5));
    const words = life.words(...Array.from({ length: 200 }, () => cancel(1)));
    expect(words.filter((word) => word === 'cancelled')).toHaveLength(1);
    expect(life.section).toMatchObject({ remaining: 6, confirmed: 0, sequence: 2 });
  });

  test('lets the next request in line have the seats', () => {
    const life = new Life(freshInventory(freshSection(1)));
    expect(life.words(book(1, 1), book(2, 1), cancel(1), book(3, 1))).toEqual([
      ...['confirmed', 'sold_out', 'cancelled', 'confirmed'],
    ]);
  });

  test('of a rejected booking is refused, and nothing is recorded', () => {
    const life = new Life(freshInventory(freshSection(1)));
    expect(life.words(book(1, 2), cancel(1), confirm(1), expire(1))).toEqual([
      ...['sold_out', 'refused: rejected', 'refused: rejected', 'repeated'],
    ]);
    expect(life.section.sequence).toBe(1);
  });
});

test('a command about a booking that nobody knows is refused', () => {
  const life = new Life(freshInventory(freshSection(1)));
  expect(life.words(confirm(1), cancel(1), expire(1))).toEqual([
    ...['refused: unknown', 'refused: unknown', 'refused: unknown'],
  ]);
  expect(life.section).toEqual(freshSection(1));
});
