import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingIdsOf, submit, TestLane } from './lane.test-fixture.js';

const requests = 5_000;
/** Sizes of the bursts in which requests come, over and over; jobs become as uneven. */
const bursts = [1, 1, 2, 640, 3, 17, 1, 250, 1_100, 5];
const requestsPerJobMax = 500;

describe.each(engines)('a lane on the $name engine', ({ redisUrl }) => {
  const prefix = uniquePrefix();
  let database: TestDatabase;
  let lane: TestLane;

  beforeAll(async () => {
    database = await createTestDatabase();
    lane = await TestLane.open({ databaseUrl: database.url, redisUrl, prefix });
  });
  afterAll(async () => {
    await lane.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** Takes and settles until so many requests have come; the size of each job and take too. */
  async function takeAll(count: number) {
    const consumer = lane.consumer();
    const taken = { bookingIds: [] as string[], jobSizes: new Set<number>(), takeMax: 0 };
    while (taken.bookingIds.length < count) {
      const jobs = await consumer.take();
      taken.takeMax = Math.max(taken.takeMax, jobs.length);
      for (const job of jobs) {
        taken.bookingIds.push(...bookingIdsOf([job]));
        taken.jobSizes.add(job.commands.length);
        await job.settle('settled');
      }
    }
    return taken;
  }

  test('gives 5,000 requests out in the order they were submitted, in jobs of many sizes', async () => {
    const producer = lane.producer({ requestsPerJobMax });
    const taking = takeAll(requests);
    const accepted: string[] = [];
    for (let n = 0; accepted.length < requests; n++) {
      const burst = Math.min(bursts[n % bursts.length] as number, requests - accepted.length);
      accepted.push(...(await submit(producer, burst)));
    }
    const taken = await taking;
    expect(taken.bookingIds).toEqual(accepted);
    expect(taken.jobSizes.size).toBeGreaterThan(4);
    expect(Math.max(...taken.jobSizes)).toBe(requestsPerJobMax);
    expect(await lane.queue.getActiveCount()).toBe(0);
  });

  test('gives a backlog out in takes of no more than the bound', async () => {
    const producer = lane.producer({ requestsPerJobMax: 3 });
    const accepted = await submit(producer, 100);
    const taken = await takeAll(accepted.length);
    expect(taken.bookingIds).toEqual(accepted);
    expect(taken.takeMax).toBe(8);
  });
});
