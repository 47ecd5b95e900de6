import { bookingIdOf, createJobIds } from '@stile/core';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaneProducer, QueuedBookings } from './index.js';
import { bookOne, TestLane } from './lane.test-fixture.js';

const rememberedMax = 100;

describe.each(engines)('bookings in the queue of the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let lane: TestLane;
  let queued: QueuedBookings;

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    lane = await TestLane.open({ databaseUrl: database.url, redisUrl, prefix });
    queued = new QueuedBookings(async () => lane.queue, rememberedMax);
  });
  afterEach(async () => {
    await lane.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  const submit = (producer: LaneProducer) =>
    new Promise<string>((onAccepted, onRefused) => {
      producer.submit({ command: bookOne(), onAccepted, onRefused });
    });

  test('are all found by clients who ask at once for more jobs than are remembered', async () => {
    const producer = lane.producer({ requestsPerJobMax: 1 });
    const ids = await Promise.all(
      Array.from({ length: rememberedMax + 50 }, () => submit(producer)),
    );
    const found = await Promise.all(ids.map((id) => queued.find(id)));
    expect(found.map((booking) => booking?.command.id)).toEqual(ids);
  });

  test('that are not there are not found by as many who ask at once', async () => {
    const nextJobId = createJobIds(0, 7);
    const ids = Array.from({ length: rememberedMax + 50 }, () =>
      bookingIdOf(nextJobId(Date.now()), 1),
    );
    const found = await Promise.all(ids.map((id) => queued.find(id)));
    expect(found.filter((booking) => booking !== undefined)).toEqual([]);
  });

  test('are gone at once for whoever would enqueue them again when the queue has lost them', async () => {
    const id = await submit(lane.producer());
    expect((await queued.find(id))?.command.id).toBe(id);
    await lane.queue.obliterate({ force: true });
    expect(await queued.findNow(id)).toBeUndefined();
    expect(await queued.find(id)).toBeUndefined();
  });
});
