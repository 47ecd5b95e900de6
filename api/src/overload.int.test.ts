import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Booking } from './booking-view.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

describe.each(engines)('a lane that takes one job, with lanes on $name', (engine) => {
  let stack: TestStack;
  let sectionId: string;
  beforeEach(async () => {
    const environment = { BACKLOG_JOBS_MAX: '1', REQUESTS_PER_JOB_MAX: '1' };
    stack = await startStack(engine, { withWorker: false, environment });
    sectionId = (await stack.http.createSection(100)).id;
  });
  afterEach(() => stack.stop());

  const ask = () => stack.http.post('/bookings', { sectionId, quantity: 1 });
  /** Asks until the lane is full, which the api notices a moment later; how often it was taken. */
  async function fill(): Promise<number> {
    let taken = 0;
    await vi.waitFor(async () => {
      const { status } = await ask();
      if (status === 202) taken++;
      expect(status).toBe(503);
    });
    return taken;
  }

  test('refuses more as overloaded, says when to come back, and writes nothing', async () => {
    expect(await fill()).toBeGreaterThan(0);
    const before = await stack.countWritten();
    const { status, headers, body } = await ask();
    expect(status).toBe(503);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(body).toMatchObject({ type: '/problems/overloaded', status: 503 });
    expect(await stack.countWritten()).toEqual(before);
  });

  test('refuses a client who wants to wait in the same way, at once', async () => {
    await fill();
    const { status, headers } = await stack.http.post('/bookings?wait=30', {
      sectionId,
      quantity: 1,
    });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).not.toBeNull();
  });

  test('decides all that it took, and takes more, once a worker runs', async () => {
    const taken = await fill();
    await stack.startWorker();
    await vi.waitFor(async () => expect((await ask()).status).toBe(202), { timeout: 10_000 });
    const list = () => stack.http.all<Booking>(`/bookings?sectionId=${sectionId}`);
    await expect.poll(async () => (await list()).length, { timeout: 10_000 }).toBe(taken + 1);
    expect((await list()).every(({ status }) => status === 'confirmed')).toBe(true);
  });
});
