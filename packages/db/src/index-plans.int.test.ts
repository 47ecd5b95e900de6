import { type BookCommand, bookingIdOf, jobIdFrom } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  about,
  bookCommands,
  decideJob,
  lane,
  newJobId,
  openStage,
  type Stage,
} from './decision.test-fixture.js';
import { createDatabase, findDueHolds } from './index.js';

const rows = 50_000;
const userId = '018f0000-0000-7000-8000-cccc00000001';
/** PostgreSQL plans a prepared statement anew five times before it may keep a plan. */
const runsUntilPlanned = 7;

let database: TestDatabase;
let stage: Stage;
let plainClient: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage(
    database.url,
    1_000_000,
    `seating = 'reserved', seat_rows = '[{"row": "A", "seats": 900}]', max_per_user = 900`,
  );
  await stage.pool.query(`INSERT INTO users (id, name, email) VALUES ($1, 'Ann', 'a@b.c')`, [
    userId,
  ]);
  plainClient = new pg.Client({ connectionString: database.url, pipeline: true });
  await plainClient.connect();
  // As after a dump was restored: the planner knows that the tables are empty.
  await stage.pool.query('ANALYZE');
  await prepareWhileEmpty(stage.client);
  await prepareWhileEmpty(plainClient);
  await fillTables();
});
afterAll(async () => {
  await plainClient.end();
  await stage.close();
  await database.drop();
});

/** Takes part in every statement of a decision, and leaves no live booking behind. */
async function prepareWhileEmpty(client: pg.Client): Promise<void> {
  for (let run = 0; run < runsUntilPlanned; run++) {
    const job = newJobId();
    const booked = bookCommands(job, stage.sectionIds, [1], { userId }) as [BookCommand];
    await decideJob({ ...stage, client }, booked);
    await decideJob({ ...stage, client }, [about('cancel', booked[0])]);
  }
}

async function fillTables(): Promise<void> {
  const jobId = jobIdFrom({ timeMs: 1_600_000_000_000, lane, processNumber: 7, counter: 0 });
  await stage.pool.query(
    `WITH booked AS (
       INSERT INTO bookings (id, section_id, quantity, status, price, sequence, accepted_at, decided_at,
                             expires_at)
       SELECT ($1 || lpad(to_hex(n), 8, '0'))::uuid, $2, 1, 'held', 0, 100 + n, now(), now(),
              now() + n * interval '1 second'
         FROM generate_series(1, $3::int) AS n
       RETURNING *
     )
     INSERT INTO ledger (section_id, sequence, command, booking_id, quantity, outcome, remaining,
                         accepted_at, decided_at)
     SELECT section_id, sequence, 'book', id, quantity, 'held', 0, accepted_at, decided_at
       FROM booked`,
    [bookingIdOf(jobId, 0).slice(0, -8), stage.sectionIds[0], rows],
  );
}

/** How the connection's prepared statement of this name reads its tables. */
async function scansOf(client: pg.Client, name: string): Promise<string[]> {
  const { rows: statements } = await client.query<{ types: string[] }>(
    'SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = $1',
    [name],
  );
  const values = (statements[0]?.types ?? []).map(() => `'{}'`).join(', ');
  const { rows: lines } = await client.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN EXECUTE "${name}" (${values})`,
  );
  const scan = /\w+(?: Heap)? Scan(?: using \w+)? on (?:bookings|sections|seats)\b/;
  return lines.flatMap((line) => scan.exec(line['QUERY PLAN']) ?? []);
}

const bookingsByKey = ['Index Scan using bookings_pkey on bookings'];

test.each<[string, readonly string[]]>([
  ['stile-read-bookings-of-jobs', bookingsByKey],
  ['stile-read-bookings-by-id', bookingsByKey],
  ['stile-update-bookings', bookingsByKey],
  [
    'stile-read-seats-of-users',
    [
      'Index Scan using sections_pkey on sections',
      'Index Scan using bookings_live_of_user on bookings',
    ],
  ],
  ['stile-free-seats', ['Index Scan using seats_section_id_label_pk on seats']],
  ['stile-update-sections', ['Index Scan using sections_pkey on sections']],
])('%s stays on indexes, though prepared while the tables were empty', async (name, scans) => {
  expect(await scansOf(stage.client, name)).toEqual(scans);
});

test.each(['stile-read-bookings-by-id', 'stile-update-bookings'])(
  'on a connection with default settings %s reads its table in full',
  async (name) => {
    expect(await scansOf(plainClient, name)).toEqual(['Seq Scan on bookings']);
  },
);

test('the next hold to end is found among 50,000 without a look at the others', async () => {
  await stage.pool.query('ANALYZE');
  const db = createDatabase(stage.pool);
  const looksMs: number[] = [];
  for (let look = 0; look < 5; look++) {
    const startedMs = performance.now();
    const { nextInMs } = await findDueHolds(db, lane, 500);
    looksMs.push(performance.now() - startedMs);
    expect(nextInMs).toBeLessThan(1_000);
  }
  console.info(`A look for the next of 50,000 holds: ${Math.min(...looksMs).toFixed(1)} ms.`);
  expect(Math.min(...looksMs)).toBeLessThan(50);
});
