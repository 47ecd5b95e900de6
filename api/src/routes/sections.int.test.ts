import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  BookingOrProblem,
  EventBody,
  ProblemBody,
  SectionBody,
} from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('changing sections, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const book = (sectionId: string, quantity: number, fields = {}) =>
    stack.http.post<BookingOrProblem>('/bookings?wait=30', { sectionId, quantity, ...fields });
  const change = (id: string, fields: object) =>
    stack.http.patch<SectionBody & ProblemBody>(`/sections/${id}`, fields);

  test('capacity, price and rules are changed by one entry of the ledger', async () => {
    const { id, eventId } = await stack.http.createSection(5);
    await book(id, 2);
    const fields = { capacity: 9, price: 1, maxPerBooking: 4, maxPerUser: 5, holdSeconds: 60 };
    const { status, body } = await change(id, fields);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, ...fields, remaining: 7, version: 2 });
    const event = await stack.http.get<EventBody>(`/events/${eventId}`);
    expect(event.body.sections).toEqual([body]);
    const ledger = await stack.query(
      "SELECT sequence::int, remaining, change FROM ledger WHERE section_id = $1 AND command = 'change'",
      [id],
    );
    const from = { capacity: 5, price: 2_500, maxPerBooking: null, maxPerUser: null };
    expect(ledger).toMatchObject([
      { sequence: 2, remaining: 7, change: { from: { ...from, holdSeconds: 120 }, to: fields } },
    ]);
  });

  test('null takes a limit away; what is so already changes nothing', async () => {
    const { id } = await stack.http.createSection(5, { maxPerBooking: 1, maxPerUser: 2 });
    const { body } = await change(id, { maxPerBooking: null, maxPerUser: null });
    expect(body).not.toHaveProperty('maxPerBooking');
    expect(body).not.toHaveProperty('maxPerUser');
    expect((await change(id, { maxPerUser: null, capacity: 5 })).body).toEqual(body);
  });

  test('a capacity below what is held and confirmed is refused; exactly that is sold out', async () => {
    const { id } = await stack.http.createSection(5);
    await book(id, 2);
    await book(id, 1, { hold: true });
    const { status, body } = await change(id, { capacity: 2 });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: '/problems/below-sold', sold: 3 });
    expect((await change(id, { capacity: 3 })).body).toMatchObject({ capacity: 3, remaining: 0 });
    expect((await book(id, 1)).body.type).toBe('/problems/sold-out');
    await change(id, { capacity: 4 });
    expect((await book(id, 1)).status).toBe(201);
  });

  test('the capacity of a reserved section stays; its price does not have to', async () => {
    const { id } = await stack.http.createHall(5, 5);
    const { status, body } = await change(id, { capacity: 11, price: 7 });
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/fixed-seats' });
    expect((await change(id, { price: 7 })).body).toMatchObject({ price: 7, capacity: 10 });
    expect((await book(id, 2)).body.price).toBe(14);
  });

  test('a change takes its turn: who asked before has the old price, who asks after the new', async () => {
    const { id } = await stack.http.createSection(100);
    const before = Array.from({ length: 10 }, () => book(id, 1));
    const changed = change(id, { price: 1 });
    const told = await Promise.all(before);
    const { version = 0 } = (await changed).body;
    for (const { body } of told) {
      expect(body.price).toBe((body.sequence ?? 0) < version ? 2_500 : 1);
    }
    expect((await book(id, 3)).body.price).toBe(3);
  });

  test('a section that nobody created is a 404', async () => {
    const answer = await change('018f0000-0000-7000-8000-000000000001', { price: 1 });
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/unknown-section' } });
  });
});
