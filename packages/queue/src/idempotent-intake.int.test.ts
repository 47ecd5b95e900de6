import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaneProducer } from './index.js';
import { bookingIdsOf, bookOne, TestLane } from './lane.test-fixture.js';

describe.each(engines)('requests under one idempotency key on the $name engine', ({ redisUrl }) => {
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

  /** The booking that the request has become, or that an earlier one under its key had. */
  const submitWithKey = (producer: LaneProducer, key: string) =>
    new Promise<{ bookingId: string; isNew: boolean }>((resolve, onRefused) => {
      producer.submit({
        command: bookOne(),
        idempotency: { caller: 'shop', key, fingerprint: 'the same' },
        onAccepted: (bookingId) => resolve({ bookingId, isNew: true }),
        onClaimed: ({ bookingId }) => resolve({ bookingId, isNew: false }),
        onRefused,
      });
    });

  test('enqueue one booking, and all of them name it', async () => {
    const producers = Array.from({ length: 5 }, () => lane.producer({ requestsPerJobMax: 30 }));
    const bookings = await Promise.all(
      Array.from({ length: 500 }, (_, n) => submitWithKey(producers[n % 5] as LaneProducer, 'k')),
    );
    expect(new Set(bookings.map(({ bookingId }) => bookingId)).size).toBe(1);
    expect(bookings.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(bookingIdsOf(await lane.consumer().take())).toEqual([bookings[0]?.bookingId]);
    expect(await lane.queue.getWaitingCount()).toBe(0);
  });

  test('leave those of other keys beside them in the job as they are', async () => {
    const producer = lane.producer();
    const keys = ['a', 'b', 'a', 'c', 'b', 'a'];
    const bookings = await Promise.all(keys.map((key) => submitWithKey(producer, key)));
    const [a, b, , c] = bookings.map(({ bookingId }) => bookingId);
    expect(bookings.map(({ bookingId }) => bookingId)).toEqual([a, b, a, c, b, a]);
    expect(bookingIdsOf(await lane.consumer().take())).toEqual([a, b, c]);
  });
});
