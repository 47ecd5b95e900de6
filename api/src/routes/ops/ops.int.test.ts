import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { secret, tokenOf } from '../../access/tokens.test-fixture.js';
import type { Booking } from '../../booking-view.js';
import { startStack, type TestStack } from '../../stack.test-fixture.js';

interface OverviewBody {
  readonly windowSeconds: number;
  readonly lanes: readonly {
    readonly lane: number;
    readonly owner: string | null;
    readonly epoch: number;
    readonly backlogJobs?: number;
    readonly backlogRequests?: number;
    readonly oldestAgeMs?: number;
    readonly decidedPerSecond: number;
    readonly batchSize?: number;
  }[];
  readonly seconds: readonly Readonly<Record<string, number | string>>[];
  readonly hottest: readonly { readonly id: string; readonly remaining: number }[];
  readonly demoSale: boolean;
}
interface StoryBody {
  readonly lane: number;
  readonly jobId: string;
  readonly booking: Booking;
  readonly ledger: readonly Readonly<Record<string, unknown>>[];
}

describe.each(engines)('operators, with lanes on $name,', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const overview = async () => (await stack.http.get<OverviewBody>('/ops/overview')).body;
  const storyOf = async (id: string) =>
    (await stack.http.get<StoryBody>(`/ops/bookings/${id}`)).body;

  /** Looks until the look after the one that has seen as many decisions. */
  async function overviewWith(decisions: number): Promise<OverviewBody> {
    for (;;) {
      const seen = await overview();
      const count = seen.seconds.reduce((sum, second) => sum + Number(second.rejected), 0);
      if (count >= decisions) return seen;
    }
  }

  test('see each decision once, in its second, lane and section', async () => {
    const { id: sectionId } = await stack.http.createSection(1);
    const book = () => stack.http.post<Booking>('/bookings?wait=10', { sectionId, quantity: 2 });
    await book();
    await overview();
    const bookings = await Promise.all(Array.from({ length: 30 }, book));
    const seen = await overviewWith(30);

    const inSeconds = seen.seconds.reduce((sum, second) => sum + Number(second.rejected), 0);
    expect(inSeconds).toBe(bookings.length);
    expect(seen.windowSeconds).toBeGreaterThan(0);
    const decided = seen.lanes.map(({ decidedPerSecond }) => decidedPerSecond * seen.windowSeconds);
    expect(decided.reduce((sum, count) => sum + count, 0)).toBeCloseTo(30);
    const [lane] = seen.lanes.filter(({ decidedPerSecond }) => decidedPerSecond > 0);
    expect(lane?.owner).toMatch(/:\d+$/);
    expect(lane?.batchSize).toBeGreaterThanOrEqual(1);
    expect(seen.hottest).toMatchObject([{ id: sectionId, remaining: 1 }]);
  });

  test('read the story of a booking from its request to its end', async () => {
    const { id: sectionId } = await stack.http.createSection(5);
    const held = await stack.http.post<Booking>('/bookings?wait=10', {
      ...{ sectionId, quantity: 2, hold: true },
    });
    const { id } = held.body;
    await stack.http.send(`/bookings/${id}/confirm`, { method: 'POST' });
    await stack.http.send(`/bookings/${id}`, { method: 'DELETE' });
    const story = await storyOf(id);
    expect(story.booking).toMatchObject({ id, status: 'cancelled' });
    expect(story.ledger).toMatchObject([
      { sequence: 1, command: 'book', outcome: 'held', remaining: 3, batchSize: 1 },
      { sequence: 2, command: 'confirm', outcome: 'confirmed', remaining: 3 },
      { sequence: 3, command: 'cancel', outcome: 'cancelled', remaining: 5 },
    ]);
  });

  test('see who is missing, what waits and a booking that is not decided yet', async () => {
    await stack.stopWorker();
    const { id: sectionId } = await stack.http.createSection(5);
    const { body } = await stack.http.post<Booking>('/bookings', { sectionId, quantity: 1 });
    const story = await storyOf(body.id);
    expect(story).toMatchObject({ booking: { id: body.id, status: 'queued' }, ledger: [] });
    // A look is shared for a second: the first may be from before.
    const lanes = await vi.waitFor(async () => {
      const seen = (await overview()).lanes;
      expect(seen.map(({ owner }) => owner)).toEqual([null, null]);
      expect(seen[story.lane]).toMatchObject({ backlogJobs: 1, backlogRequests: 1 });
      return seen;
    });
    expect(lanes[story.lane]?.oldestAgeMs).toBeGreaterThanOrEqual(0);
    await stack.startWorker();
  });

  test('are told when there is no such booking', async () => {
    for (const id of [
      '01900000-0000-7000-8000-00000000000a',
      'ffffffff-ffff-4fff-bfff-ffffffffffff',
    ]) {
      const { status, body } = await stack.http.get(`/ops/bookings/${id}`);
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { type: '/problems/unknown-booking' },
      });
    }
  });
});

describe('a demo sale', () => {
  const [engine] = engines as [(typeof engines)[number]];

  test('runs one at a time, through the lanes, and ends with the api', async () => {
    const stack = await startStack(engine);
    const start = () =>
      stack.http.post<{ id: string; sections: { id: string }[] }>('/ops/demo-sale', {});
    const [first, second] = [await start(), await start()];
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body.id).toBe(first.body.id);
    const decided = async () =>
      (await stack.query<{ count: number }>('SELECT count(*)::int AS count FROM ledger'))[0]?.count;
    await expect.poll(decided, { timeout: 20_000, interval: 50 }).toBeGreaterThan(20);
    expect((await stack.http.get<OverviewBody>('/ops/overview')).body.demoSale).toBe(true);
    await stack.stop();
  });

  test('is not served in production', async () => {
    const token = await tokenOf('olga', { scope: 'operate' });
    const stack = await startStack(engine, {
      environment: { NODE_ENV: 'production', JWT_SECRET: secret },
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await stack.http.post('/ops/demo-sale', {})).status).toBe(404);
    expect((await stack.http.get<OverviewBody>('/ops/overview')).body.demoSale).toBe(false);
    await stack.stop();
  });
});
