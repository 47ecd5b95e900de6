import { createDatabase, ensureLanes } from '@stile/db';
import { engines } from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Booking } from './booking-view.js';
import type { QueuesBody } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

describe.each(engines)('lanes that are added while all runs, on $name', (engine) => {
  let stack: TestStack;
  beforeEach(async () => {
    stack = await startStack(engine);
  });
  afterEach(() => stack.stop());

  /** What another process does when it starts with more `LANES`. */
  async function addLanes(laneCount: number): Promise<void> {
    const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 1 });
    await ensureLanes(createDatabase(pool), laneCount);
    await pool.end();
  }

  const laneOf = async (sectionId: string): Promise<number | undefined> =>
    (await stack.query<{ lane: number }>('SELECT lane FROM sections WHERE id = $1', [sectionId]))[0]
      ?.lane;

  test('get sections, decide them, and are shown, without a restart', async () => {
    await addLanes(4);
    await vi.waitFor(
      async () => {
        const { sections } = await stack.http.createEvent(5, 5, 5, 5);
        const lanes = await Promise.all(sections.map(({ id }) => laneOf(id)));
        expect(lanes.sort()).toEqual([0, 1, 2, 3]);
        for (const { id: sectionId } of sections) {
          const { status } = await stack.http.post('/bookings?wait=20', { sectionId, quantity: 1 });
          expect(status).toBe(201);
        }
      },
      { timeout: 20_000 },
    );
    const { body } = await stack.http.get<QueuesBody>('/queues/api/queues');
    expect(body.queues.map(({ name }) => name).sort()).toEqual([
      'lane-0',
      'lane-1',
      'lane-2',
      'lane-3',
    ]);
  });

  test('are booked in and read from by an api that has not heard of them', async () => {
    const { id: sectionId } = await stack.http.createSection(5);
    await stack.stopWorker();
    await addLanes(3);
    await stack.query('UPDATE sections SET lane = 2 WHERE id = $1', [sectionId]);
    const { status, body } = await stack.http.post<Booking>('/bookings', {
      sectionId,
      quantity: 1,
    });
    expect(status).toBe(202);
    const queued = await stack.http.get<Booking>(`/bookings/${body.id}`);
    expect(queued.body).toMatchObject({ status: 'queued', position: 0 });
    await stack.startWorker();
    await vi.waitFor(async () => {
      const { body: booking } = await stack.http.get<Booking>(`/bookings/${body.id}`);
      expect(booking.status).toBe('confirmed');
    });
  });

  test('that nobody added stay unknown, whatever lane an id names', async () => {
    const ofLane1000 = '01900000-0000-7fa0-8000-000000000001';
    expect((await stack.http.get(`/bookings/${ofLane1000}`)).status).toBe(404);
    const { body } = await stack.http.get<QueuesBody>('/queues/api/queues');
    expect(body.queues).toHaveLength(2);
  });
});
