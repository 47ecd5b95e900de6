import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaneConsumer, TakenJob } from './index.js';
import { bookingIdsOf, submit, TestLane } from './lane.test-fixture.js';

describe.each(engines)('a lane on the $name engine', ({ redisUrl }) => {
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

  /** Submits so many jobs of one request each. */
  const submitJobs = (count: number): Promise<string[]> =>
    submit(lane.producer({ requestsPerJobMax: 1 }), count);

  async function takeJobs(consumer: LaneConsumer, count: number): Promise<TakenJob[]> {
    const jobs: TakenJob[] = [];
    while (jobs.length < count) jobs.push(...(await consumer.take()));
    return jobs;
  }

  test('what a vanished owner had taken is adopted oldest first, before anything that waits', async () => {
    const accepted = await submitJobs(20);
    const vanishing = lane.consumer({ jobsPerTakeMax: 5 });
    const lost = await takeJobs(vanishing, 11);
    await vanishing.close();

    const successor = lane.consumer();
    const adopted = await successor.adopt();
    expect(bookingIdsOf(adopted)).toEqual(accepted.slice(0, lost.length));
    for (const job of adopted) await job.settle('adopted');
    const waiting = await takeJobs(successor, 20 - lost.length);
    expect(bookingIdsOf(waiting)).toEqual(accepted.slice(lost.length));
    for (const job of waiting) await job.settle('taken');
    expect(await successor.adopt()).toEqual([]);
    expect(await lane.queue.getCompletedCount()).toBe(20);
  });

  test('an owner hears of a job that an earlier one fetched behind its back, and adopts it', async () => {
    const earlier = lane.consumer({ jobsPerTakeMax: 1 });
    const owner = lane.consumer({ jobsPerTakeMax: 1 });
    expect(await owner.adopt()).toEqual([]);
    const accepted = await submitJobs(3);
    await takeJobs(earlier, 1);
    await takeJobs(owner, 1);
    expect(await owner.isInOrder()).toBe(false);
    const adopted = await owner.adopt();
    expect(bookingIdsOf(adopted)).toEqual(accepted.slice(0, 2));
    for (const job of adopted) await job.settle('adopted');
    expect(bookingIdsOf(await takeJobs(owner, 1))).toEqual(accepted.slice(2));
    expect(await owner.isInOrder()).toBe(true);
  });

  test('an owner adopts only what was not settled', async () => {
    const accepted = await submitJobs(4);
    const owner = lane.consumer();
    const jobs = await takeJobs(owner, 4);
    await jobs[0]?.settle('settled');
    await jobs[2]?.settle('settled');
    expect(bookingIdsOf(await owner.adopt())).toEqual([accepted[1], accepted[3]]);
  });

  test('settling a job twice, or after its successor did, is harmless', async () => {
    await submitJobs(2);
    const owner = lane.consumer();
    const [first, second] = await takeJobs(owner, 2);
    await first?.settle('once');
    await first?.settle('twice');
    const successor = lane.consumer();
    for (const job of await successor.adopt()) await job.settle('by the successor');
    await second?.settle('too late');
    const values = await lane.queue.getCompleted();
    expect(values.map((job) => job.returnvalue).sort()).toEqual(['by the successor', 'once']);
    expect(await lane.queue.getFailedCount()).toBe(0);
  });

  test('a job that no api made is put aside and settled, and blocks nothing', async () => {
    const [before] = await submitJobs(1);
    const genuine = (await lane.queue.getWaiting())[0]?.data;
    const uuid = '018f0000-0000-7000-8000-000000000000';
    await lane.queue.add('decide', genuine, { jobId: undefined as never });
    await lane.queue.add('decide', { book: 'everything' }, { jobId: uuid });
    await lane.queue.add('decide', null, { jobId: 'a-name-of-its-own' });
    const [after] = await submitJobs(1);

    const forged: string[] = [];
    const jobs = await takeJobs(lane.consumer({ onForged: (id) => forged.push(id) }), 5);
    expect(forged).toEqual([expect.stringMatching(/^\d$/), uuid, 'a-name-of-its-own']);
    expect(bookingIdsOf(jobs)).toEqual([before, after]);
    for (const job of jobs) await job.settle('settled');
    expect(await lane.queue.getCompletedCount()).toBe(5);
    expect(await lane.queue.getActiveCount()).toBe(0);
  });
});
