import { type BookCommand, bookingIdOf, jobIdFrom } from '@stile/core';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import type { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addJob } from './add-job.js';
import { DrainRate } from './drain-rate.js';
import { type Engine, openEngine } from './engine.js';
import { LaneBacklog } from './lane-backlog.js';
import { LaneLine } from './lane-line.js';

const sectionId = '018f0000-0000-7000-8000-aaaa00000001';
const jobIdAt = (n: number) =>
  jobIdFrom({ timeMs: 1_700_000_000_000 + n, lane: 0, processNumber: 7, counter: 0 });

describe.each(engines)('the line of a lane on $name', ({ redisUrl }) => {
  let database: TestDatabase;
  let prefix: string;
  let engine: Engine;
  let queue: Queue;
  /** What the rate reads, and when. */
  let lane: { nowMs: number; decided: number };
  let rate: DrainRate;
  beforeEach(async () => {
    database = await createTestDatabase();
    prefix = uniquePrefix();
    engine = await open('producer');
    queue = engine.queue(0);
    lane = { nowMs: 0, decided: 0 };
    rate = new DrainRate({ countDecided: async () => lane.decided, nowMs: () => lane.nowMs });
  });
  afterEach(async () => {
    await queue.close();
    await engine.close();
    if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
    await database.drop();
  });

  const open = (role: 'producer' | 'consumer') =>
    openEngine({
      ...{ databaseUrl: database.url, redisUrl, prefix, role, laneCount: 1 },
      onError: (error) => {
        throw error;
      },
    });

  /** Queues jobs of so many requests each, in this order. */
  async function addJobs(sizes: readonly number[]): Promise<void> {
    for (const [counter, size] of sizes.entries()) {
      const jobId = jobIdAt(counter);
      const commands = Array.from(
        { length: size },
        (_, n): BookCommand => ({
          ...{ kind: 'book', id: bookingIdOf(jobId, n + 1), sectionId, quantity: 1 },
          acceptedAtUs: n,
        }),
      );
      await addJob(queue, jobId, commands);
    }
  }
  const queuedAt = (counter: number, index: number) => ({
    ...{ jobId: jobIdAt(counter), index },
    command: {} as BookCommand, // Its place doesn't depend on what it asks for.
  });
  async function drain(decidedASecond: number): Promise<void> {
    for (let look = 0; look < 2; look++) {
      rate.refresh();
      await new Promise(setImmediate);
      lane.nowMs += 1_000;
      lane.decided += decidedASecond;
    }
  }

  test('a position counts the requests of the jobs ahead, and those ahead in its own', async () => {
    await addJobs([3, 1, 500, 2]);
    const line = new LaneLine(queue, rate);
    expect(await line.placeOf(queuedAt(0, 0))).toEqual({ position: 0 });
    expect(await line.placeOf(queuedAt(0, 2))).toEqual({ position: 2 });
    expect(await line.placeOf(queuedAt(3, 1))).toEqual({ position: 505 });
  });

  test('a job in hand is ahead of all that wait; one that is gone has no place', async () => {
    await addJobs([3, 1, 2]);
    const consuming = await open('consumer');
    const worker = consuming.worker(0, 100);
    const job = await worker.getNextJob('token', { block: false });
    expect(job?.id).toBe(jobIdAt(0));
    const line = new LaneLine(queue, rate);
    expect(await line.placeOf(queuedAt(0, 1))).toEqual({ position: 1 });
    expect(await line.placeOf(queuedAt(2, 0))).toEqual({ position: 4 });
    await job?.moveToCompleted(null, 'token', false);
    const later = new LaneLine(queue, rate);
    expect(await later.placeOf(queuedAt(0, 1))).toEqual({});
    expect(await later.placeOf(queuedAt(2, 0))).toEqual({ position: 1 });
    await worker.waitUntilReady();
    await worker.close(true);
    await consuming.close();
  });

  test('the wait is told at the measured rate, and only when there is one', async () => {
    await addJobs([500, 500, 1]);
    const line = new LaneLine(queue, rate);
    expect(await line.placeOf(queuedAt(2, 0))).toEqual({ position: 1_000 });
    await drain(400);
    expect(await line.placeOf(queuedAt(2, 0))).toEqual({ position: 1_000, estimatedWaitMs: 2_500 });
  });

  test('behind many jobs of unknown size nothing is told before they are known', async () => {
    await addJobs(Array.from({ length: 120 }, () => 2));
    const line = new LaneLine(queue, rate);
    expect(await line.placeOf(queuedAt(119, 1))).toEqual({});
    expect(await line.placeOf(queuedAt(119, 1))).toEqual({});
    expect(await line.placeOf(queuedAt(119, 1))).toEqual({ position: 239 });
  });

  test('in a lane of more than a thousand jobs no position is told', async () => {
    await addJobs(Array.from({ length: 1_001 }, () => 1));
    expect(await new LaneLine(queue, rate).placeOf(queuedAt(0, 0))).toEqual({});
  });

  test('a backlog is said to last as long as it does at the measured rate, a minute at most', async () => {
    await addJobs(Array.from({ length: 10 }, () => 100));
    const backlog = new LaneBacklog(queue, rate);
    for (let n = 0; n < 100; n++) backlog.added(100);
    backlog.refresh();
    await expect.poll(() => backlog.jobs).toBe(10);
    expect(backlog.measuredDrainSeconds).toBeUndefined();
    expect(backlog.drainSeconds).toBe(1);
    await drain(200);
    expect(backlog.drainSeconds).toBe(5);
    lane.decided += 100_000_000;
    lane.nowMs += 1_000;
    await drain(0);
    expect(backlog.drainSeconds).toBe(1);
  });
});
