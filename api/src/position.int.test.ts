import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from './booking-view.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

describe.each(engines)('the place of a queued booking, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeEach(async () => {
    const environment = { REQUESTS_PER_JOB_MAX: '3' };
    stack = await startStack(engine, { withWorker: false, environment });
  });
  afterEach(() => stack.stop());

  const ask = async (sectionId = '') =>
    (await stack.http.post<Booking>('/bookings', { sectionId, quantity: 1 })).body.id;
  const read = async (id: string) => (await stack.http.get<Booking>(`/bookings/${id}`)).body;

  test('its position is the number of requests ahead of it in its lane, in any section', async () => {
    const { sections } = await stack.http.createEvent(100, 100, 100);
    const [first, elsewhere, third] = sections.map(({ id }) => id);
    const other = await ask(elsewhere);
    const asked: string[] = [];
    for (let n = 0; n < 4; n++) asked.push(await ask(n % 2 === 0 ? first : third));
    asked.push(...(await Promise.all(Array.from({ length: 10 }, () => ask(first)))));

    const positions = await Promise.all(asked.map(async (id) => (await read(id)).position));
    expect(positions.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(positions.toSorted((a = 0, b = 0) => a - b)).toEqual(asked.map((_, index) => index));
    expect((await read(other)).position).toBe(0);
  });

  test('no wait is estimated while nothing is decided, and no place told once it is', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    await ask(sectionId);
    const id = await ask(sectionId);
    const booking = await read(id);
    expect(booking.position).toBe(1);
    expect(booking).not.toHaveProperty('estimatedWaitMs');
    await stack.startWorker();
    await expect.poll(async () => (await read(id)).status, { timeout: 10_000 }).toBe('confirmed');
    expect(await read(id)).not.toHaveProperty('position');
  });
});
