import { type DistantServer, type Engine, engines, startDistantServer } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventBody } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

/** Far longer than the work between two trips takes, on a busy machine too. */
const roundTripMs = 100;
const requests = 5;
/**
 * Asked again at once, as here. On Redis: half a trip to enqueue, half to be woken up, one to fetch, one
 * to decide from memory, with whose commit the notification comes. On PostgreSQL the worker also looks
 * once too early, and asks what is active by itself.
 */
const tripsMax = { redis: 3, postgres: 6 } as const;

describe.each(engines)('one client alone, on $name', (engine) => {
  const distant: DistantServer[] = [];
  const goFar = async (url: string): Promise<string> => {
    const server = await startDistantServer(url, roundTripMs);
    distant.push(server);
    return server.url;
  };
  let stack: TestStack;
  let sectionId: string;

  beforeAll(async () => {
    const far: Engine =
      engine.redisUrl === undefined
        ? engine
        : { ...engine, redisUrl: await goFar(engine.redisUrl) };
    stack = await startStack(far, { databaseUrlFrom: goFar });
    const { body } = await stack.http.post<EventBody>('/events', {
      name: 'Far away',
      sections: [{ name: 'Stalls', price: 1, capacity: 1_000 }],
    });
    sectionId = body.sections[0]?.id ?? '';
    await book(); // The section is known from now on.
  });
  afterAll(async () => {
    await stack.stop();
    await Promise.all(distant.map((server) => server.close()));
  });

  const book = () => stack.http.post('/bookings?wait=30', { sectionId, quantity: 1 });

  /** Round trips that follow one another; what makes a request slower than the fastest is no trip. */
  async function tripsOf(ask: () => Promise<{ status: number }>, status: number): Promise<number> {
    const tookMs: number[] = [];
    for (let n = 0; n < requests; n++) {
      const startedMs = performance.now();
      expect(await ask()).toMatchObject({ status });
      tookMs.push(performance.now() - startedMs);
    }
    return Math.floor(Math.min(...tookMs) / roundTripMs);
  }

  test('hears its outcome after a few round trips to servers, one after the other', async () => {
    expect(await tripsOf(book, 201)).toBeLessThanOrEqual(tripsMax[engine.name]);
  });

  test('and the count is honest: what asks the database once takes one', async () => {
    expect(await tripsOf(() => stack.http.get(`/events/${sectionId}`), 404)).toBe(1);
  });
});
