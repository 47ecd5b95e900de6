import {
  type CuttableProxy,
  createTestDatabase,
  dropPrefix,
  engines,
  startCuttableProxy,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LaneProducer, OverloadedError } from './index.js';
import { bookingIdsOf, bookOne, submit, TestLane } from './lane.test-fixture.js';

describe.each(engines)('intake on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let proxy: CuttableProxy;
  /** Reaches the queue's server through the proxy. */
  let lane: TestLane;

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    proxy = await startCuttableProxy(redisUrl ?? database.url);
    lane = await TestLane.open({
      databaseUrl: redisUrl ? database.url : proxy.url,
      redisUrl: redisUrl && proxy.url,
      prefix,
    });
  });
  afterEach(async () => {
    await lane.close();
    await proxy.cut();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** The error with which a submission is turned away at once, or undefined when it is taken. */
  function refusalOf(producer: LaneProducer): unknown {
    try {
      producer.submit({
        command: bookOne(),
        ...{ onAccepted: () => undefined, onRefused: () => undefined },
      });
      return undefined;
    } catch (error) {
      return error;
    }
  }

  test('turns requests away while as many jobs wait as the bound says, and only then', async () => {
    const producer = lane.producer({ backlogJobsMax: 3, requestsPerJobMax: 1, lingerMs: 0 });
    await submit(producer, 3);
    const refusal = await vi.waitFor(() => {
      const error = refusalOf(producer);
      expect(error).toBeInstanceOf(OverloadedError);
      return error as OverloadedError;
    });
    expect(refusal.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(60);
    await producer.drain();
    const consumer = lane.consumer({ takeWaitMs: 10 });
    let jobs = await consumer.take();
    while (jobs.length > 0) {
      for (const job of jobs) await job.settle('settled');
      jobs = await consumer.take();
    }
    await vi.waitFor(() => expect(refusalOf(producer)).toBeUndefined());
    await producer.drain();
  });

  test('turns requests away when too many have not even left the process', async () => {
    const producer = lane.producer({ pendingRequestsMax: 10 });
    const refusals = Array.from({ length: 15 }, () => refusalOf(producer));
    expect(refusals.filter((error) => error instanceof OverloadedError)).toHaveLength(5);
    await producer.drain();
    const jobs = await lane.consumer().take();
    expect(bookingIdsOf(jobs)).toHaveLength(10);
  });

  test('refuses what comes while the server is down, and nothing of it is accepted later', async () => {
    const producer = lane.producer({ requestsPerJobMax: 2 });
    const before = await submit(producer, 2);
    await proxy.cut();
    const late = await Promise.allSettled([submit(producer, 3), submit(producer, 4)]);
    expect(late.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await producer.drain();
    await proxy.restore();
    const after = await vi.waitFor(() => submit(producer, 2), { timeout: 10_000 });
    const consumer = lane.consumer();
    const bookingIds: string[] = [];
    while (bookingIds.length < 4) bookingIds.push(...bookingIdsOf(await consumer.take()));
    expect(bookingIds).toEqual([...before, ...after]);
    expect(await lane.queue.getWaitingCount()).toBe(0);
  });
});
