import { createDatabase, ensureLanes, laneLocks, takeLane } from '@stile/db';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LaneOwner } from './lane-owner.js';

const laneCount = 4;
const tickMs = 30;

let database: TestDatabase;
let pool: pg.Pool;
let owners: LaneOwner[];
/** Lanes whose work takes until this settles to finish. */
let slowLanes: Map<number, Promise<void>>;
/** Who works on a lane, from the moment it is taken until its release is over. */
let workers: Map<number, LaneOwner>;
let overlaps: string[];
let epochs: { lane: number; epoch: number }[];
/** What happens to an owner that has a lane's lock and not yet its epoch. */
let onTaking: () => Promise<unknown>;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  await ensureLanes(createDatabase(pool), laneCount);
  owners = [];
  slowLanes = new Map();
  workers = new Map();
  overlaps = [];
  epochs = [];
  onTaking = async () => undefined;
});
afterEach(async () => {
  for (const owner of owners) await owner.stop();
  await pool.end();
  await database.drop();
});

async function startOwner(options: { tickMs?: number } = {}): Promise<LaneOwner> {
  const owner = new LaneOwner({
    databaseUrl: database.url,
    tickMs: options.tickMs ?? tickMs,
    onTaken: async (lane, session) => {
      await onTaking();
      if (workers.has(lane)) overlaps.push(`lane ${lane} was taken while it was worked on`);
      workers.set(lane, owner);
      epochs.push({ lane, epoch: await takeLane(createDatabase(session), lane, 'test') });
    },
    onRelease: async (lane) => {
      // A batch that takes longer than a tick.
      await pool.query('SELECT pg_sleep($1)', [(3 * tickMs) / 1_000]);
      await slowLanes.get(lane);
      if ((workers.get(lane) ?? owner) !== owner)
        overlaps.push(`lane ${lane} was let go by another`);
      workers.delete(lane);
    },
    onError: () => undefined,
  });
  owners.push(owner);
  await owner.start();
  return owner;
}

const spread = (): number[] => owners.map(({ lanes }) => lanes.length).sort((a, b) => b - a);

/** Waits until every lane is owned, by PostgreSQL's word, and shares are as expected. */
async function expectSpread(shares: readonly number[]): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(spread()).toEqual(shares);
      expect(await lockedLanes()).toEqual([0, 1, 2, 3]);
    },
    { timeout: 10_000 },
  );
}

async function lockedLanes(): Promise<number[]> {
  const { rows } = await pool.query<{ lane: number }>(
    `SELECT objid::int AS lane FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND classid = $1 AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY lane`,
    [laneLocks.laneClass],
  );
  return rows.map(({ lane }) => lane);
}

const cutOwners = () =>
  pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'stile-lane-owner' AND datname = current_database()`,
  );

describe('four lanes', () => {
  test('spread evenly over one, two and three workers, and back', async () => {
    await startOwner();
    await expectSpread([4]);
    await startOwner();
    await expectSpread([2, 2]);
    await startOwner();
    await expectSpread([2, 1, 1]);
    await owners.shift()?.stop();
    await expectSpread([2, 2]);
    await owners.shift()?.stop();
    await expectSpread([4]);
    expect(overlaps).toEqual([]);
  });

  test('of a worker that leaves are let go before its stop returns', async () => {
    const owner = await startOwner();
    await owner.stop();
    await owner.stop();
    expect(owner.lanes).toEqual([]);
    expect(workers.size).toBe(0);
    expect(await lockedLanes()).toEqual([]);
  });

  test('change hands at once when a worker comes or goes, not at the next look', async () => {
    const aMinute = { tickMs: 60_000 };
    const first = await startOwner(aMinute);
    await startOwner(aMinute);
    await expectSpread([2, 2]);
    owners.shift();
    await first.stop();
    await expectSpread([4]);
  });

  test('of a worker that leaves are free one by one, as their work is finished', async () => {
    const leaving = await startOwner();
    const staying = await startOwner();
    await expectSpread([2, 2]);
    const [slow, quick] = leaving.lanes as [number, number];
    let finish: () => void = () => undefined;
    slowLanes.set(
      slow,
      new Promise((resolve) => {
        finish = resolve;
      }),
    );
    const stopped = leaving.stop();
    await vi.waitFor(() => expect(staying.lanes).toContain(quick));
    expect(workers.get(slow)).toBe(leaving);
    finish();
    await stopped;
    await vi.waitFor(() => expect(staying.lanes).toEqual([0, 1, 2, 3]));
    expect(overlaps).toEqual([]);
  });

  test('become six without a restart', async () => {
    await startOwner();
    await startOwner();
    await ensureLanes(createDatabase(pool), 6);
    await vi.waitFor(() => expect(spread()).toEqual([3, 3]));
    expect(await lockedLanes()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are never worked on by two while workers come and go', async () => {
    for (let round = 0; round < 12; round++) {
      await startOwner();
      if (round % 3 === 2) await Promise.all(owners.splice(0, 2).map((owner) => owner.stop()));
      const locked = await lockedLanes();
      expect(locked).toEqual([...new Set(locked)]);
    }
    await vi.waitFor(() => expect(workers.size).toBe(laneCount));
    expect(overlaps).toEqual([]);
  });

  test('whose owner’s connection is ended are let go of, then owned again', async () => {
    const owner = await startOwner();
    const before = epochs.length;
    await cutOwners();
    await vi.waitFor(() => expect(epochs.length).toBe(before + laneCount), { timeout: 5_000 });
    await vi.waitFor(() => expect(owner.lanes).toEqual([0, 1, 2, 3]));
    expect([...workers.values()]).toEqual(Array(laneCount).fill(owner));
    expect(overlaps).toEqual([]);
  });

  test('are not fenced off by an owner whose session ended before it raised their epochs', async () => {
    await startOwner();
    const cutTwice = new Promise<void>((resolve) => {
      onTaking = async () => {
        onTaking = async () => undefined;
        await cutOwners();
        resolve();
      };
    });
    await cutOwners();
    await cutTwice;
    await expectSpread([4]);
    await vi.waitFor(() => expect(workers.size).toBe(laneCount));
    const { rows } = await pool.query('SELECT epoch::int FROM lanes ORDER BY lane');
    expect(rows).toEqual(Array(laneCount).fill({ epoch: 2 }));
    expect(overlaps).toEqual([]);
  });

  test('stay whole under one worker whose connection is ended again and again', async () => {
    const owner = await startOwner();
    for (let round = 1; round <= 10; round++) {
      const before = epochs.length;
      await cutOwners();
      await vi.waitFor(() => expect(epochs.length).toBeGreaterThan(before), { timeout: 5_000 });
    }
    await expectSpread([4]);
    await vi.waitFor(() => expect(workers.size).toBe(laneCount));
    expect(overlaps).toEqual([]);
    await owner.stop();
    expect(workers.size).toBe(0);
  });

  test('have a higher epoch each time they are taken', async () => {
    for (let round = 0; round < 4; round++) await startOwner();
    await expectSpread([1, 1, 1, 1]);
    for (let lane = 0; lane < laneCount; lane++) {
      const ofLane = epochs.filter((taking) => taking.lane === lane).map(({ epoch }) => epoch);
      expect(ofLane).toEqual(ofLane.map((_, n) => n + 1));
    }
  });
});
