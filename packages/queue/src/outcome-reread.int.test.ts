import { bookingIdOf, jobIdFrom } from '@stile/core';
import {
  type CuttableProxy,
  createTestDatabase,
  startCuttableProxy,
  type TestDatabase,
} from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutcomeListener } from './index.js';
import { createSection, decideTaken, lane, processNumber, sectionId } from './lane.test-fixture.js';

const jobId = jobIdFrom({ timeMs: 1_700_000_000_000, lane, processNumber, counter: 0 });
const bookingId = bookingIdOf(jobId, 1);

let database: TestDatabase;
let looking: pg.Pool;
/** Stands before the pool that the listener reads with, not before its own connection. */
let proxy: CuttableProxy;
let reading: pg.Pool;
let errors: Error[];
let listener: OutcomeListener;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSection(database.url, 10);
  looking = new pg.Pool({ connectionString: database.url });
  proxy = await startCuttableProxy(database.url);
  reading = new pg.Pool({ connectionString: proxy.url });
  reading.on('error', () => undefined);
  errors = [];
  const onError = (error: Error) => errors.push(error);
  const databaseUrl = database.url;
  listener = new OutcomeListener({ databaseUrl, pool: reading, processNumber, onError });
  await listener.start();
});
afterEach(async () => {
  await listener.stop();
  await reading.end();
  await looking.end();
  await proxy.cut();
  await database.drop();
});

/** The listener's own connections; one at most, and none while it has lost it. */
async function connections(): Promise<number[]> {
  const { rows } = await looking.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = $1`,
    [`stile-outcomes-${processNumber}`],
  );
  return rows.map(({ pid }) => pid);
}

/** Decides a booking of the job without a word to the process that waits for it. */
const decideSilently = () =>
  decideTaken(database.url, [
    {
      id: jobId,
      commands: [{ kind: 'book', id: bookingId, sectionId, quantity: 1, acceptedAtUs: 1 }],
      replyTo: undefined,
      takenAtMs: 0,
      traces: [],
      requestIds: () => [],
      settle: async () => undefined,
    },
  ]);

test('outcomes that can’t be read after a reconnection are read after the next, on one connection', async () => {
  const told = new Promise<string>((onOutcome) => {
    listener.expect(jobId, new Map([[bookingId, { index: 0, isBook: true, onOutcome }]]));
  });
  await decideSilently();
  await proxy.cut();
  await looking.query('SELECT pg_terminate_backend($1)', await connections());
  // The first error is the lost connection; those after it are reads that failed.
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(3), { timeout: 10_000 });
  await proxy.restore();
  expect(await told).toBe(bookingId);
  await vi.waitFor(async () => expect(await connections()).toHaveLength(1));
});
