import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LaneConsumer, TakenJob } from './index.js';
import { submit, TestLane } from './lane.test-fixture.js';

/** Far more than the test may last: a take that is not interrupted fails it. */
const takeWaitMs = 120_000;
/** A stop of the whole worker has 2 s for everything. */
const interruptMsMax = 1_000;

describe.each(engines)('a waiting take on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let lane: TestLane;

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    lane = await TestLane.open({ databaseUrl: database.url, redisUrl, prefix });
  });
  afterEach(async () => {
    await lane.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** Whether a take waits at the server, by what the server says. */
  async function isWaiting(): Promise<boolean> {
    if (!redisUrl) {
      // The last thing that BullMQ asks before it only listens.
      const { rows } = await lane.pool.query<{ waits: boolean }>(
        `SELECT count(*) > 0 AS waits FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'idle' AND query LIKE '%SELECT next_delay(%'`,
      );
      return rows[0]?.waits === true;
    }
    const redis = new Redis(redisUrl);
    const clients = await redis.info('clients');
    await redis.quit();
    return !clients.includes('blocked_clients:0');
  }

  /** A take that waits. The first look of a consumer never does: it asks what there is. */
  async function startTake(consumer: LaneConsumer): Promise<{ taking: Promise<TakenJob[]> }> {
    expect(await consumer.take()).toEqual([]);
    const taking = consumer.take();
    await vi.waitFor(async () => expect(await isWaiting()).toBe(true));
    return { taking };
  }

  test('returns empty-handed soon after it is interrupted', async () => {
    const consumer = lane.consumer({ takeWaitMs });
    const { taking } = await startTake(consumer);
    const startedMs = performance.now();
    await consumer.interrupt();
    expect(await taking).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(interruptMsMax);
  });

  test('returns too when the interruption comes before it has begun to wait', async () => {
    const consumer = lane.consumer({ takeWaitMs });
    await consumer.take();
    await consumer.interrupt();
    const startedMs = performance.now();
    expect(await consumer.take()).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(interruptMsMax);
  });

  test('hands over a job that comes while it waits', async () => {
    const { taking } = await startTake(lane.consumer({ takeWaitMs }));
    await submit(lane.producer(), 1);
    const jobs = await taking;
    expect(jobs).toHaveLength(1);
    await jobs[0]?.settle('settled');
  });
});
