import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { BookingOrProblem, EventBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('limits, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeEach(async () => {
    stack = await startStack(engine);
  });
  afterEach(() => stack.stop());

  const book = (sectionId: string, quantity: number, fields = {}) =>
    stack.http.post<BookingOrProblem>('/bookings?wait=30', { sectionId, quantity, ...fields });

  test('no booking has more seats than one may have', async () => {
    const { id } = await stack.http.createSection(10, { maxPerBooking: 3 });
    const { status, body } = await book(id, 4);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: '/problems/limit-exceeded',
      bookingId: expect.any(String),
    });
    expect((await book(id, 3)).status).toBe(201);
  });

  test('a user who asks many times at once has no more seats than one may have', async () => {
    const { id } = await stack.http.createSection(100, { maxPerUser: 4 });
    const userId = await stack.http.createUser();
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, n) => book(id, 1, { userId, hold: n % 2 === 0 })),
    );
    const sold = told.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(sold).toHaveLength(4);
    expect((await book(id, 1, { userId: await stack.http.createUser() })).status).toBe(201);
    await stack.http.delete(`/bookings/${sold[0]}`);
    expect((await book(id, 2, { userId })).body.type).toBe('/problems/limit-exceeded');
    expect((await book(id, 1, { userId })).status).toBe(201);
  });

  test('where users are limited, a request has to name one', async () => {
    const { id } = await stack.http.createSection(100, { maxPerUser: 4 });
    expect((await book(id, 1)).body.type).toBe('/problems/limit-exceeded');
  });

  test('before sales open and after they close everybody is turned down', async () => {
    const sections = [{ name: 'S', price: 1, capacity: 5 }];
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const sellsIn = async (window: object) => {
      const body = { name: 'An event', sections, ...window };
      const event = (await stack.http.post<EventBody>('/events', body)).body;
      return (await book(event.sections[0]?.id ?? '', 1)).body.type ?? 'sold';
    };
    expect(await sellsIn({ salesOpenAt: inAnHour })).toBe('/problems/sales-closed');
    expect(await sellsIn({ salesCloseAt: anHourAgo })).toBe('/problems/sales-closed');
    expect(await sellsIn({ salesOpenAt: anHourAgo, salesCloseAt: inAnHour })).toBe('sold');
  });

  test('who asked in time is served in time, however late the lane comes to it', async () => {
    await stack.stopWorker();
    const closesAtMs = Date.now() + 1_500;
    const { body } = await stack.http.post<EventBody>('/events', {
      name: 'An event',
      salesCloseAt: new Date(closesAtMs).toISOString(),
      sections: [{ name: 'S', price: 1, capacity: 5 }],
    });
    const sectionId = body.sections[0]?.id;
    const ask = async () =>
      (await stack.http.post<Booking>('/bookings', { sectionId, quantity: 1 })).body.id;
    const inTime = await ask();
    await expect.poll(() => Date.now(), { timeout: 5_000 }).toBeGreaterThan(closesAtMs);
    const late = await ask();
    await stack.startWorker();
    const statusOf = async (id: string) =>
      (await stack.http.get<Booking>(`/bookings/${id}`)).body.status;
    await expect.poll(() => statusOf(late), { timeout: 10_000 }).toBe('rejected');
    expect(await statusOf(inTime)).toBe('confirmed');
  });
});
