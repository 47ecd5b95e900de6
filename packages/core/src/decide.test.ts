import { describe, expect, test } from 'vitest';
import { decide } from './decide.js';
import { capacityMax, priceMax } from './section.js';
import {
  atUs,
  book,
  bookingIdOf,
  cancel,
  cancelledInQueue,
  change,
  confirm,
  entryOf,
  expire,
  freshHall,
  freshInventory,
  freshSection,
  Life,
  sectionIdOf,
  startUs,
  userIdOf,
  wordOf,
} from './section.test-fixture.js';

const lifeOf = (...section: Parameters<typeof freshSection>): Life =>
  new Life(freshInventory(freshSection(...section)));

describe('a request to book', () => {
  test('for the last seat wins when it came first', () => {
    expect(lifeOf(1).words(book(1, 1), book(2, 1))).toEqual(['confirmed', 'sold_out']);
  });

  test('that does not fit leaves the seats to a smaller one behind it', () => {
    const words = lifeOf(3).words(book(1, 2), book(2, 2), book(3, 1));
    expect(words).toEqual(['confirmed', 'sold_out', 'confirmed']);
  });

  test('for the whole section is granted to one of ten', () => {
    const words = lifeOf(5).words(...[...new Array(10).keys()].map((n) => book(n, 5)));
    expect(words).toEqual(['confirmed', ...new Array(9).fill('sold_out')]);
  });

  test('that is confirmed takes the seats, earns quantity times price and is numbered', () => {
    const section = { ...freshSection(10), sequence: 6, version: 4 };
    const command = book(1, 3, {
      ...{ userId: userIdOf(1), caller: 'key:a', acceptedAtUs: atUs(2) },
    });
    const verdict = decide(freshInventory(section), command, atUs(5));
    expect(verdict).toEqual({
      kind: 'recorded',
      section: {
        ...section,
        ...{ remaining: 7, confirmed: 3, revenue: 7_500, sequence: 7, version: 5 },
      },
      booking: {
        ...{ id: bookingIdOf(1), sectionId: sectionIdOf(0), userId: userIdOf(1), quantity: 3 },
        ...{ status: 'confirmed', reason: null, price: 7_500, seats: null, adjacent: null },
        ...{ expiresAtUs: null, sequence: 7, caller: 'key:a' },
      },
      entry: {
        ...{ sectionId: sectionIdOf(0), sequence: 7, command: 'book', bookingId: bookingIdOf(1) },
        ...{ userId: userIdOf(1), quantity: 3, outcome: 'confirmed', reason: null, remaining: 7 },
        ...{ seats: null, chosen: null, expiresAtUs: null, change: null, acceptedAtUs: atUs(2) },
        caller: 'key:a',
      },
    });
  });

  test('that is rejected is numbered and counted, and leaves seats, revenue and version alone', () => {
    const section = { ...freshSection(10), remaining: 2, confirmed: 8, sequence: 6, version: 4 };
    const verdict = decide(freshInventory(section), book(1, 3), startUs);
    expect(entryOf(verdict)).toMatchObject({ reason: 'sold_out', sequence: 7, remaining: 2 });
    expect(verdict).toMatchObject({ section: { ...section, rejected: 1, sequence: 7 } });
  });

  test('for the dearest booking there can be costs an exact price', () => {
    const life = lifeOf(capacityMax, { price: priceMax });
    life.tell(book(1, capacityMax));
    expect(life.booking(1)?.price).toBe(capacityMax * priceMax);
    expect(Number.isSafeInteger(life.section.revenue)).toBe(true);
  });

  test('leaves the inventory it is given as it was', () => {
    const hall = freshHall([{ row: 'A', seats: 4 }]);
    decide({ ...hall, section: Object.freeze(hall.section) }, book(1, 2), startUs);
    expect(hall.seats?.free).toBe(4);
    expect(hall.bookings.size).toBe(0);
  });

  test('that was decided before is answered as it stands now, and changes nothing', () => {
    const life = lifeOf(3);
    life.words(book(1, 1), book(2, 9), cancel(1));
    const before = life.section;
    const again = life.tell(book(1, 1));
    expect(again).toMatchObject({ kind: 'repeated', booking: { status: 'cancelled' } });
    expect(life.words(book(2, 9))).toEqual(['repeated']);
    expect(life.section).toBe(before);
  });

  test('that was cancelled in the queue keeps its place in line, and is not sold', () => {
    const command = book(1, 2, { userId: userIdOf(1) });
    const life = new Life(freshInventory(freshSection(2), [cancelledInQueue(command)]));
    const verdict = life.tell(command);
    expect(entryOf(verdict)).toMatchObject({ outcome: 'cancelled', sequence: 1, remaining: 2 });
    expect(life.booking(1)).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect(life.section).toEqual({ ...freshSection(2), sequence: 1 });
    expect(life.words(command, confirm(1), cancel(1), book(2, 2))).toEqual([
      'repeated',
      'refused: cancelled',
      'repeated',
      'confirmed',
    ]);
  });
});

describe('the sales window', () => {
  const window = { salesOpenAtUs: atUs(10), salesCloseAtUs: atUs(20) };

  test.each([
    ['before it opens', 10 - 1e-6, 'sales_closed'],
    ['as it opens', 10, 'confirmed'],
    ['just before it closes', 20 - 1e-6, 'confirmed'],
    ['as it closes', 20, 'sales_closed'],
  ])('counts when a request was accepted, not when it is decided: %s', (_, seconds, word) => {
    const command = book(1, 1, { acceptedAtUs: atUs(seconds) });
    for (const decidedAt of [seconds, 9, 15, 3_600]) {
      expect(wordOf(lifeOf(5, window).tell(command, decidedAt))).toBe(word);
    }
  });

  test('keeps nobody from confirming or cancelling what is held', () => {
    const life = lifeOf(5, window);
    const held = { hold: true, acceptedAtUs: atUs(15) };
    life.tell(book(1, 1, held), 15);
    life.tell(book(2, 1, held), 15);
    expect(wordOf(life.tell(confirm(1, 25), 25))).toBe('confirmed');
    expect(wordOf(life.tell(cancel(2, 25), 25))).toBe('cancelled');
  });
});

describe('limits', () => {
  const by = (user: number) => ({ userId: userIdOf(user) });

  test('hold for one booking to the seat', () => {
    const words = lifeOf(20, { maxPerBooking: 4 }).words(book(1, 4), book(2, 5));
    expect(words).toEqual(['confirmed', 'limit_exceeded']);
  });

  test('hold for one user over all of his live bookings, and for nobody else', () => {
    const words = lifeOf(20, { maxPerUser: 4 }).words(
      ...[book(1, 3, by(1)), book(2, 2, by(1)), book(3, 1, { ...by(1), hold: true })],
      ...[book(4, 1, by(1)), book(5, 4, by(2))],
    );
    expect(words).toEqual(['confirmed', 'limit_exceeded', 'held', 'limit_exceeded', 'confirmed']);
  });

  test('count what a user had before the batch', () => {
    const inventory = freshInventory(freshSection(20, { maxPerUser: 4 }));
    const life = new Life({ ...inventory, seatsOfUsers: new Map([[userIdOf(1), 3]]) });
    expect(life.words(book(1, 2, by(1)), book(2, 1, by(1)))).toEqual([
      'limit_exceeded',
      'confirmed',
    ]);
  });

  test('give the allowance back with a booking that is cancelled or expires, once', () => {
    const life = lifeOf(20, { maxPerUser: 2 });
    life.words(book(1, 1, by(1)), book(2, 1, { ...by(1), hold: true }));
    life.tell(cancel(1));
    life.tell(cancel(1));
    life.tell(expire(2), 60);
    life.tell(expire(2), 60);
    expect(life.words(book(3, 3, by(1)), book(4, 2, by(1)), book(5, 1, by(1)))).toEqual([
      'limit_exceeded',
      'confirmed',
      'limit_exceeded',
    ]);
  });

  test('turn down a request that names no user where users are limited', () => {
    expect(lifeOf(20, { maxPerUser: 2 }).words(book(1, 1))).toEqual(['limit_exceeded']);
  });

  test('count a user’s seats from before there was a limit', () => {
    const life = lifeOf(20);
    life.words(book(1, 3, by(1)), change({ maxPerUser: 4 }));
    expect(life.words(book(2, 2, by(1)), book(3, 1, by(1)))).toEqual([
      'limit_exceeded',
      'confirmed',
    ]);
  });
});

describe('a reserved section', () => {
  const rows = [
    { row: 'A', seats: 4 },
    { row: 'B', seats: 4 },
  ];

  test('gives chosen seats to whoever asked first, all or none', () => {
    const life = new Life(freshHall(rows));
    expect(life.words(book(1, ['A-1', 'B-4']), book(2, ['B-3', 'B-4']), book(3, ['B-3']))).toEqual([
      'confirmed',
      'seat_taken',
      'confirmed',
    ]);
    expect(life.booking(1)).toMatchObject({ seats: ['A-1', 'B-4'], adjacent: null });
    expect(life.booking(2)).toMatchObject({ seats: null, reason: 'seat_taken' });
    expect(life.inventory.seats?.free).toBe(life.section.remaining);
  });

  test('records the seats that were asked for in vain, and whether they were chosen', () => {
    const life = new Life(freshHall(rows));
    life.tell(book(1, ['A-1']));
    expect(entryOf(life.tell(book(2, ['A-1', 'A-2'])))).toMatchObject({
      ...{ reason: 'seat_taken', seats: ['A-1', 'A-2'], chosen: true, remaining: 7 },
    });
    expect(entryOf(life.tell(book(3, 2)))).toMatchObject({ chosen: false });
  });

  test.each([
    ['a seat that does not exist', book(1, ['A-5'])],
    ['a seat twice', book(1, ['A-1', 'A-1'])],
    ['fewer seats than the quantity says', { ...book(1, ['A-1']), quantity: 2 }],
  ])('does not sell %s', (_, command) => {
    expect(new Life(freshHall(rows)).words(command)).toEqual(['seat_taken']);
  });

  test('picks the best seats for a quantity, and says when they are not adjacent', () => {
    const life = new Life(freshHall(rows));
    life.words(book(1, 2), book(2, ['B-2']), book(3, 3), book(4, 9));
    expect(life.booking(1)).toMatchObject({ seats: ['A-1', 'A-2'], adjacent: true });
    expect(life.booking(3)).toMatchObject({ status: 'confirmed', adjacent: false });
    expect(life.booking(4)).toMatchObject({ status: 'rejected', reason: 'sold_out', seats: null });
  });

  test('sells the seats of a cancelled and of an expired booking to the next in line', () => {
    const life = new Life(freshHall(rows));
    life.words(book(1, ['A-1']), book(2, ['A-2'], { hold: true }), cancel(1));
    life.tell(expire(2), 60);
    expect(life.words(book(3, ['A-1', 'A-2']))).toEqual(['confirmed']);
  });
});

test('a general section has no seats to choose', () => {
  expect(lifeOf(5).words(book(1, ['A-1']))).toEqual(['seat_taken']);
});
