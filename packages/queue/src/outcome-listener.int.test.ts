import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from './index.js';
import {
  createSection,
  decideTaken,
  processNumber,
  sectionId,
  submit,
  submitCommand,
  TestLane,
} from './lane.test-fixture.js';

const capacity = 700;

describe.each(engines)('outcomes on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let lane: TestLane;
  /** Every outcome told, by booking: more than one is one too many. */
  let told: Map<string, Outcome[]>;

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    await createSection(database.url, capacity);
    lane = await TestLane.open({ databaseUrl: database.url, redisUrl, prefix });
    told = new Map();
  });
  afterEach(async () => {
    await lane.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  const onOutcome = (bookingId: string, outcome: Outcome): void => {
    told.set(bookingId, [...(told.get(bookingId) ?? []), outcome]);
  };

  const allTold = (bookingIds: readonly string[]) =>
    vi.waitFor(() => expect(told.size).toBe(bookingIds.length), { timeout: 5_000 });

  /** One outcome each, and that the one the ledger has. */
  async function expectToldAsStored(bookingIds: readonly string[]): Promise<void> {
    const { rows } = await lane.pool.query<{ id: string; status: string; sequence: string }>(
      'SELECT id, status, sequence FROM bookings ORDER BY sequence',
    );
    expect(rows.map(({ id }) => id)).toEqual(bookingIds);
    expect(bookingIds.map((id) => told.get(id))).toMatchObject(
      rows.map(({ status, sequence }) => [{ kind: 'booked', status, sequence: Number(sequence) }]),
    );
  }

  const cutListener = () =>
    lane.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = $1`,
      [`stile-outcomes-${processNumber}`],
    );

  test('are told once each, even when the job is decided twice', async () => {
    const accepted = await submit(lane.producer(), 50, onOutcome);
    const jobs = await lane.consumer().take();
    await decideTaken(database.url, jobs);
    await decideTaken(database.url, jobs);
    // Notifications come in order: when the next job's is here, those before are through.
    const [last] = await submit(lane.producer(), 1, onOutcome);
    await decideTaken(database.url, await lane.consumer().take());
    await vi.waitFor(() => expect(told.has(last as string)).toBe(true));
    await expectToldAsStored([...accepted, last as string]);
  });

  test('too many for one notification come in several', async () => {
    const accepted = await submit(lane.producer({ requestsPerJobMax: 1_000 }), 1_000, onOutcome);
    const jobs = await lane.consumer().take();
    expect(jobs.map((job) => job.commands.length)).toEqual([1_000]);
    await decideTaken(database.url, jobs);
    await allTold(accepted);
    await expectToldAsStored(accepted);
  });

  test('decided while the connection that hears of them is down reach every waiter', async () => {
    const producer = lane.producer({ requestsPerJobMax: 100 });
    const consumer = lane.consumer();
    const accepted = await submit(producer, 900, onOutcome);
    const isTaken = () => accepted.length === decided;
    let decided = 0;
    while (!isTaken()) {
      const jobs = await consumer.take();
      await cutListener();
      await vi.waitFor(() => expect(lane.outcomes.listening).toBe(false));
      await decideTaken(database.url, jobs);
      decided += jobs.reduce((sum, job) => sum + job.commands.length, 0);
      await vi.waitFor(() => expect(lane.outcomes.listening).toBe(true), { timeout: 5_000 });
    }
    await allTold(accepted);
    await expectToldAsStored(accepted);
    expect(lane.errors.length).toBeGreaterThan(0);
  });

  test('too long for any notification are read from the database', async () => {
    const seats = Array.from(
      { length: 700 },
      (_, n) => `FrontRow${n % 2}-${1 + Math.floor(n / 2)}`,
    );
    const rows = ['FrontRow0', 'FrontRow1'].map((row) => ({ row, seats: 350 }));
    await lane.pool.query(`UPDATE sections SET seating = 'reserved', seat_rows = $1`, [
      JSON.stringify(rows),
    ]);
    const command = { kind: 'book', sectionId, quantity: 700, seats, acceptedAtUs: 1 } as const;
    const booked = await submitCommand(lane.producer(), command, onOutcome);
    await decideTaken(database.url, await lane.consumer().take());
    await allTold([booked]);
    expect(told.get(booked)).toMatchObject([{ status: 'confirmed', seats, sequence: 1 }]);
  });

  test('of commands that are not bookings are told as missed when the connection was down', async () => {
    const producer = lane.producer();
    const consumer = lane.consumer();
    const hold = { kind: 'book', sectionId, quantity: 1, hold: true, acceptedAtUs: 1 } as const;
    const bookingId = await submitCommand(producer, hold, onOutcome);
    await decideTaken(database.url, await consumer.take());
    const confirmation = { kind: 'confirm', sectionId, bookingId, acceptedAtUs: 2 } as const;
    const heard = await submitCommand(producer, confirmation, onOutcome);
    await decideTaken(database.url, await consumer.take());
    await allTold([bookingId, heard]);
    const cancellation = { kind: 'cancel', sectionId, bookingId, acceptedAtUs: 3 } as const;
    const missed = await submitCommand(producer, cancellation, onOutcome);
    await cutListener();
    await vi.waitFor(() => expect(lane.outcomes.listening).toBe(false));
    await decideTaken(database.url, await consumer.take());
    await allTold([bookingId, heard, missed]);
    expect(told.get(bookingId)).toMatchObject([{ kind: 'booked', status: 'held' }]);
    expect(told.get(heard)).toEqual([{ kind: 'done' }]);
    expect(told.get(missed)).toEqual([{ kind: 'missed' }]);
  });

  test('decided after the connection came back are heard as before', async () => {
    const accepted = await submit(lane.producer(), 5, onOutcome);
    await cutListener();
    await vi.waitFor(() => expect(lane.outcomes.listening).toBe(false));
    await vi.waitFor(() => expect(lane.outcomes.listening).toBe(true), { timeout: 5_000 });
    await decideTaken(database.url, await lane.consumer().take());
    await allTold(accepted);
    await expectToldAsStored(accepted);
  });

  test('that a client no longer waits for are not told', async () => {
    const accepted = await submit(lane.producer(), 3, onOutcome);
    lane.outcomes.giveUp(accepted[1] as string);
    await decideTaken(database.url, await lane.consumer().take());
    await vi.waitFor(() => expect(told.size).toBe(2));
    expect([...told.keys()]).toEqual([accepted[0], accepted[2]]);
  });
});
