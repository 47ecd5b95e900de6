import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sale, sectionIdOf } from './sale.test-fixture.js';
import { type StileWorker, startWorker } from './worker.js';

const capacity = 100;
const holdSeconds = 1;
/** A hold is over this long after its time at most, while any worker lives. */
const lateMsMax = 1_000;
const sectionId = sectionIdOf(0);

describe.each(engines)('holds on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let sale: Sale;
  let workers: StileWorker[];

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    const address = { databaseUrl: database.url, redisUrl, prefix, laneCount: 2 };
    sale = await Sale.open({ ...address, sectionCount: 2, capacity, requestsPerJobMax: 100 });
    await sale.pool.query('UPDATE sections SET hold_seconds = $1', [holdSeconds]);
    workers = [];
    await startOne();
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  async function startOne(): Promise<void> {
    const config = {
      ...{ databaseUrl: database.url, redisUrl, prefix, laneCount: 2, logLevel: 'silent' },
      bounds: { jobsPerTakeMax: 8, takeWaitMs: 500 },
      ...{ workerName: `worker-${workers.length}`, ownershipTickMs: 100 },
    };
    workers.push(await startWorker(config, pino({ level: 'silent' })));
  }

  /** Holds for one seat each in a section; the ids of those that were granted. */
  async function hold(count: number, section = sectionId): Promise<string[]> {
    const asked = await Promise.all(
      Array.from({ length: count }, () =>
        sale.ask({ kind: 'book', sectionId: section, quantity: 1, hold: true }),
      ),
    );
    return asked.flatMap(({ id, outcome }) => {
      const isHeld = outcome.kind === 'booked' && outcome.status === 'held';
      return isHeld ? id : [];
    });
  }

  const countOf = async (condition: string): Promise<number> => {
    const { rows } = await sale.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM bookings WHERE ${condition}`,
    );
    return rows[0]?.count ?? Number.NaN;
  };
  const expired = (count: number) =>
    vi.waitFor(async () => expect(await countOf(`status = 'expired'`)).toBe(count), {
      timeout: 15_000,
      interval: 20,
    });

  /** Milliseconds from the end of each hold to the decision that it is over. */
  async function latenessMs(): Promise<number[]> {
    const { rows } = await sale.pool.query<{ late_ms: string }>(
      `SELECT extract(epoch FROM l.decided_at - b.expires_at) * 1000 AS late_ms
         FROM ledger l JOIN bookings b ON b.id = l.booking_id WHERE l.outcome = 'expired'`,
    );
    return rows.map((row) => Number(row.late_ms));
  }

  /** The counters of all sections; the audit has found nothing wrong with them. */
  async function auditedSections() {
    expect((await sale.report()).audit).toBe('clean');
    const { rows } = await sale.pool.query(
      'SELECT remaining, held, confirmed FROM sections ORDER BY id',
    );
    return rows;
  }
  const allFree = { remaining: capacity, held: 0, confirmed: 0 };

  test('expire by themselves, once, within a second of their time', async () => {
    let held = 0;
    // The later ones begin while the first are ending.
    for (const count of [1, 30, 5, 60]) {
      held += (await hold(count)).length + (await hold(count, sectionIdOf(1))).length;
      await expired(held);
    }
    const late = await latenessMs();
    console.info(`${late.length} holds expired ${Math.round(Math.max(...late))} ms late at most.`);
    expect(late).toHaveLength(held);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(lateMsMax);
    expect(await auditedSections()).toEqual([allFree, allFree]);
  });

  test('that ended while no worker lived expire once when workers are back', async () => {
    const ids = [...(await hold(60)), ...(await hold(20, sectionIdOf(1)))];
    await workers[0]?.stop();
    await vi.waitFor(async () => expect(await countOf('expires_at < now()')).toBe(80), {
      timeout: 5_000,
    });
    expect(await countOf(`status = 'held'`)).toBe(ids.length);
    await Promise.all([startOne(), startOne()]);
    await expired(80);
    expect(await latenessMs()).toHaveLength(80);
    expect(await auditedSections()).toEqual([allFree, allFree]);
  });

  test('1,000 for 100 seats, never confirmed, leave the seats to the next 100 requests', async () => {
    const held = await hold(1_000);
    expect(held).toHaveLength(capacity);
    await expired(capacity);
    const next = await Promise.all(
      Array.from({ length: capacity }, () => sale.ask({ kind: 'book', sectionId, quantity: 1 })),
    );
    expect(next.map(({ outcome }) => outcome)).toMatchObject(
      next.map(() => ({ kind: 'booked', status: 'confirmed' })),
    );
    expect(await auditedSections()).toEqual([{ remaining: 0, held: 0, confirmed: 100 }, allFree]);
  });

  test('whose confirmation races their end are confirmed or expired, and everything agrees', async () => {
    const ids = await hold(80);
    const { rows } = await sale.pool.query<{ ends_ms: string }>(
      'SELECT extract(epoch FROM max(expires_at)) * 1000 AS ends_ms FROM bookings',
    );
    const endsMs = Number(rows[0]?.ends_ms);
    await Promise.all(
      ids.map(async (bookingId, n) => {
        // From a little before the end to a little after it.
        const atMs = endsMs - 40 + n;
        await vi.waitFor(() => expect(Date.now()).toBeGreaterThanOrEqual(atMs), {
          ...{ timeout: 5_000, interval: 1 },
        });
        await sale.ask({ kind: 'confirm', sectionId, bookingId });
      }),
    );
    await vi.waitFor(async () => expect(await countOf(`status = 'held'`)).toBe(0), {
      timeout: 5_000,
    });
    const confirmed = await countOf(`status = 'confirmed'`);
    console.info(`Of 80 confirmations around the end of their holds ${confirmed} were in time.`);
    expect(confirmed + (await countOf(`status = 'expired'`))).toBe(80);
    const { rows: steps } = await sale.pool.query(
      `SELECT booking_id FROM ledger WHERE outcome IN ('confirmed', 'expired')`,
    );
    expect(new Set(steps.map((step) => step.booking_id)).size).toBe(80);
    expect(steps).toHaveLength(80);
    expect(await auditedSections()).toEqual([
      { remaining: capacity - confirmed, held: 0, confirmed },
      allFree,
    ]);
  });

  test('return their seats once, however many cancellations come while they end', async () => {
    const [bookingId] = (await hold(1)) as [string];
    const cancellations = await Promise.all(
      Array.from({ length: 200 }, () => sale.ask({ kind: 'cancel', sectionId, bookingId })),
    );
    expect(cancellations.map(({ outcome }) => outcome.kind)).toEqual(new Array(200).fill('done'));
    const { rows } = await sale.pool.query(`SELECT outcome FROM ledger ORDER BY sequence`);
    expect(rows).toEqual([{ outcome: 'held' }, { outcome: 'cancelled' }]);
    expect(await auditedSections()).toEqual([allFree, allFree]);
  });
});
