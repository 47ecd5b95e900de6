import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('statistics of an event, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  test('they tell seats, bookings and revenue of the event and of each section', async () => {
    const { id, name, sections } = await stack.http.createEvent(4, 12);
    const [first = '', second = ''] = sections.map((section) => section.id);
    const ask = (sectionId: string, quantity: number, hold = false) =>
      stack.http.post<Booking>('/bookings?wait=30', { sectionId, quantity, hold });
    await ask(first, 3);
    await ask(first, 2);
    await ask(second, 2, true);
    const cancelled = await ask(second, 5);
    await stack.http.delete(`/bookings/${cancelled.body.id}`);
    await ask(second, 1);

    const { status, body } = await stack.http.get<object>(`/events/${id}/stats`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      name,
      currency: 'EUR',
      capacity: 16,
      remaining: 10,
      held: 2,
      confirmed: 4,
      rejected: 1,
      revenue: 10_000,
      occupancy: 6 / 16,
      version: 5,
      sections: [
        {
          ...{ id: first, name: 'S0', capacity: 4, remaining: 1, held: 0, confirmed: 3 },
          ...{ rejected: 1, revenue: 7_500, occupancy: 0.75, version: 1 },
        },
        {
          ...{ id: second, name: 'S1', capacity: 12, remaining: 9, held: 2, confirmed: 1 },
          ...{ rejected: 0, revenue: 2_500, occupancy: 0.25, version: 4 },
        },
      ],
    });
  });

  test('an event that nobody created has none', async () => {
    const answer = await stack.http.get('/events/018f0000-0000-7000-8000-000000000001/stats');
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/unknown-event' } });
  });
});
