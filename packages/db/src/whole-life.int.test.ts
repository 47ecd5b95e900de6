import {
  type BookCommand,
  bookingIdOf,
  type ChangeCommand,
  decideBatch,
  SeatMap,
  type Terms,
} from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  about,
  bookCommands,
  decideJob,
  inventoriesOf,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';
import { abandonDecision, commitDecision } from './index.js';

const reserved = `seating = 'reserved', capacity = 4, remaining = 4,
                  seat_rows = '[{"row": "A", "seats": 4}]'`;
const userId = '018f0000-0000-7000-8000-cccc00000001';
let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => stage.close());

/** Requests for the first section of the stage, in one job. */
const book = (quantities: readonly number[], options: Partial<BookCommand> = {}) =>
  bookCommands(newJobId(), stage.sectionIds.slice(0, 1), quantities, options);
const bookSeats = (...seats: readonly string[]) =>
  book([seats.length], { seats })[0] as BookCommand;
const change = (terms: Partial<Terms>): ChangeCommand => ({
  ...{ kind: 'change', id: bookingIdOf(newJobId(), 1), sectionId: stage.sectionIds[0] },
  ...{ terms, acceptedAtUs: 1_700_000_000_000_000 },
});

describe('what is stored', () => {
  test('of a booking follows it through its life, and the ledger keeps every step', async () => {
    stage = await openStage(database.url, 10);
    const [first, second, third] = book([2, 3, 1], { hold: true }) as [never, never, never];
    await decideJob(stage, [first, second, third]);
    await decideJob(stage, [about('confirm', first), about('cancel', second)]);
    await decideJob(stage, [about('cancel', first), about('cancel', first)]);
    await stage.pool.query('UPDATE bookings SET expires_at = now() WHERE id = $1', [
      (third as BookCommand).id,
    ]);
    await decideJob(stage, [about('expire', third)]);

    const { ledger, bookings, sections } = await readStored(stage);
    expect(ledger.map(({ command, outcome, remaining }) => [command, outcome, remaining])).toEqual([
      ['book', 'held', 8],
      ['book', 'held', 5],
      ['book', 'held', 4],
      ['confirm', 'confirmed', 4],
      ['cancel', 'cancelled', 7],
      ['cancel', 'cancelled', 9],
      ['expire', 'expired', 10],
    ]);
    expect(bookings).toMatchObject([
      { status: 'cancelled', sequence: '1' },
      { status: 'cancelled', sequence: '2' },
      { status: 'expired', sequence: '3' },
    ]);
    expect(sections[0]).toMatchObject({ remaining: 10, held: 0, confirmed: 0, sequence: '7' });
  });

  test('of a booking that came and went in one batch is how it ended', async () => {
    stage = await openStage(database.url, 10);
    const [booked] = book([2], { hold: true }) as [BookCommand];
    await decideJob(stage, [booked, about('confirm', booked), about('cancel', booked)]);
    const { ledger, bookings } = await readStored(stage);
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['held', 'confirmed', 'cancelled']);
    expect(bookings).toMatchObject([{ status: 'cancelled', sequence: '1' }]);
  });

  test('of a change are the new terms, and in the ledger both', async () => {
    stage = await openStage(database.url, 10);
    const terms = {
      ...{ capacity: 12, price: 3_000, maxPerBooking: 4, maxPerUser: null, holdSeconds: 30 },
      ...{ salesOpenAtUs: 1_700_000_000_123_456, salesCloseAtUs: null, closed: false },
    };
    await decideJob(stage, [change(terms)]);
    const { sections } = await openJob(stage, [change({})]);
    await abandonDecision(stage.client);
    expect(sections.get(stage.sectionIds[0])).toMatchObject({
      ...terms,
      remaining: 12,
      version: 1,
    });
    const { rows } = await stage.pool.query('SELECT change FROM ledger WHERE section_id = $1', [
      stage.sectionIds[0],
    ]);
    const names = ['capacity', 'price', 'maxPerBooking', 'holdSeconds', 'salesOpenAtUs'] as const;
    const to = Object.fromEntries(names.map((name) => [name, terms[name]]));
    expect(rows[0]?.change).toMatchObject({ from: { capacity: 10, salesOpenAtUs: null }, to });
    expect(Object.keys(rows[0]?.change.to)).toHaveLength(names.length);
  });
});

describe('seats', () => {
  test('are their owner’s until he gives them back, also from hand to hand in one batch', async () => {
    stage = await openStage(database.url, 4, reserved);
    const [mine, yours] = [bookSeats('A-1', 'A-2'), bookSeats('A-2', 'A-3')];
    await decideJob(stage, [mine]);
    expect((await readStored(stage)).seats).toEqual([
      { label: 'A-1', booking_id: mine.id },
      { label: 'A-2', booking_id: mine.id },
    ]);
    await decideJob(stage, [about('cancel', mine), yours, bookSeats('A-1', 'A-4')]);
    const { seats, sections } = await readStored(stage);
    expect(seats.map(({ label }) => label)).toEqual(['A-1', 'A-2', 'A-3', 'A-4']);
    expect(seats[1]?.booking_id).toBe(yours.id);
    expect(sections[0]).toMatchObject({ remaining: 0, confirmed: 4 });
  });

  test('are not given to a second owner by the database, even if a lane would', async () => {
    stage = await openStage(database.url, 4, reserved);
    await decideJob(stage, [bookSeats('A-1', 'A-2')]);
    const stored = await readStored(stage);
    const second = [bookSeats('A-2', 'A-3')];
    const open = await openJob(stage, second);
    const inventories = await inventoriesOf(stage.client, open);
    // A lane without a look at what is taken.
    for (const [id, inventory] of inventories) {
      const seats = inventory.seats && new SeatMap(inventory.seats.plan);
      inventories.set(id, { ...inventory, seats });
    }
    const result = decideBatch(inventories, second, open.nowUs);
    expect(result.bookings).toMatchObject([{ status: 'confirmed', seats: ['A-2', 'A-3'] }]);
    const decision = { result, storedBefore: new Map(), notifications: [] };
    await expect(commitDecision(stage.client, decision)).rejects.toMatchObject({
      ...{ code: '23505', constraint: 'seats_section_id_label_pk' },
    });
    await abandonDecision(stage.client);
    expect(await readStored(stage)).toEqual(stored);
  });
});

describe('the limit of a user', () => {
  const limited = 'max_per_user = 4';
  const insertUser = () =>
    stage.pool.query(
      `INSERT INTO users (id, name, email) VALUES ($1, 'Ann', 'ann@example.com')
           ON CONFLICT DO NOTHING`,
      [userId],
    );
  const statuses = async () => (await readStored(stage)).ledger.map(({ outcome }) => outcome);

  test('counts his live bookings, and no others, from batch to batch', async () => {
    stage = await openStage(database.url, 50, limited);
    await insertUser();
    const [kept, cancelled] = book([2, 2], { userId }) as [BookCommand, BookCommand];
    await decideJob(stage, [kept, cancelled]);
    await decideJob(stage, book([1], { userId }));
    await decideJob(stage, [about('cancel', cancelled)]);
    await decideJob(stage, book([3, 2, 1], { userId }));
    expect(await statuses()).toEqual([
      ...['confirmed', 'confirmed', 'rejected', 'cancelled', 'rejected', 'confirmed', 'rejected'],
    ]);
  });

  test('is not that of another section', async () => {
    stage = await openStage(database.url, 50, limited);
    await insertUser();
    await decideJob(stage, bookCommands(newJobId(), stage.sectionIds, [4, 4], { userId }));
    expect(await statuses()).toEqual(['confirmed', 'confirmed']);
  });

  test('counts what he had before there was one, also when it comes in the same batch', async () => {
    stage = await openStage(database.url, 50);
    await insertUser();
    await decideJob(stage, book([3], { userId }));
    await decideJob(stage, [change({ maxPerUser: 4 }), ...book([2, 1], { userId })]);
    expect(await statuses()).toEqual(['confirmed', 'changed', 'rejected', 'confirmed']);
  });
});
