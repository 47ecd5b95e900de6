import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { BookingOrProblem, SeatBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('numbered seats, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const book = (sectionId: string, fields: object) =>
    stack.http.post<BookingOrProblem>('/bookings?wait=30', { sectionId, ...fields });
  const labels = async (sectionId: string, query = '', limit = 1) =>
    (await stack.http.all<SeatBody>(`/sections/${sectionId}/seats${query}`, limit)).map(
      ({ label }) => label,
    );

  test('chosen seats are all booked, or none when one of them is taken', async () => {
    const { id } = await stack.http.createHall(4, 4);
    const first = await book(id, { seats: ['B-2', 'A-4'] });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ seats: ['B-2', 'A-4'], quantity: 2, price: 5_000 });
    expect((await stack.http.get(`/bookings/${first.body.id}`)).body).toEqual(first.body);

    const { status, body } = await book(id, { seats: ['A-1', 'A-4'] });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: '/problems/seat-taken', seats: ['A-1', 'A-4'] });
    expect((await stack.http.get<Booking>(`/bookings/${body.bookingId}`)).body).toMatchObject({
      status: 'rejected',
      reason: 'seat_taken',
    });
    expect((await book(id, { seats: ['A-1'] })).status).toBe(201);
  });

  test('a seat that does not exist is a seat nobody can have', async () => {
    const { id } = await stack.http.createHall(4);
    expect((await book(id, { seats: ['A-5'] })).body.type).toBe('/problems/seat-taken');
    expect((await book(id, { seats: ['Z-1'] })).body.type).toBe('/problems/seat-taken');
  });

  test('of those who choose the same seat at once one has it', async () => {
    const { id } = await stack.http.createHall(10);
    const told = await Promise.all(Array.from({ length: 20 }, () => book(id, { seats: ['A-5'] })));
    expect(told.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(told.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  test('a quantity gets the best seats, side by side, and is told when they are not', async () => {
    const { id } = await stack.http.createHall(3, 3);
    const party = (await book(id, { quantity: 3 })).body;
    expect(party).toMatchObject({ seats: ['A-1', 'A-2', 'A-3'], adjacent: true });
    expect((await book(id, { seats: ['B-2'] })).status).toBe(201);
    const apart = (await book(id, { quantity: 2 })).body;
    expect(apart).toMatchObject({ seats: ['B-1', 'B-3'], adjacent: false });
    expect((await stack.http.get(`/bookings/${apart.id}`)).body).toEqual(apart);
    expect((await book(id, { quantity: 1 })).body.type).toBe('/problems/sold-out');

    await stack.http.delete(`/bookings/${party.id}`);
    expect((await book(id, { quantity: 3 })).body.seats).toEqual(['A-1', 'A-2', 'A-3']);
  });

  test('seats are listed in the order of the plan, each with its row, number and status', async () => {
    const { id } = await stack.http.createHall(2, 1);
    await book(id, { seats: ['A-2'], hold: true });
    await book(id, { seats: ['B-1'] });
    expect(await stack.http.all<SeatBody>(`/sections/${id}/seats`)).toEqual([
      { label: 'A-1', row: 'A', number: 1, status: 'available' },
      { label: 'A-2', row: 'A', number: 2, status: 'held' },
      { label: 'B-1', row: 'B', number: 1, status: 'confirmed' },
    ]);
    expect(await labels(id, '?status=available')).toEqual(['A-1']);
    expect(await labels(id, '?status=held')).toEqual(['A-2']);
    expect(await labels(id, '?status=confirmed')).toEqual(['B-1']);
  });

  test('a rare seat is found at the end of a large hall, page by page', async () => {
    const { id } = await stack.http.createSection(20_000, { seating: 'reserved' });
    const all = await labels(id, '?status=available', 100);
    expect(new Set(all).size).toBe(20_000);
    expect(all[0]).toBe('A-1');
    const last = all.at(-1) ?? '';
    await book(id, { seats: ['A-1', last] });
    expect(await labels(id, '?status=confirmed')).toEqual(['A-1', last]);
    expect(await labels(id, '?status=held')).toEqual([]);
  });

  test('a section without numbered seats says so', async () => {
    const { id } = await stack.http.createSection(5);
    const { status, body } = await stack.http.get(`/sections/${id}/seats`);
    expect(status).toBe(409);
    expect(body.type).toBe('/problems/no-numbered-seats');
    const chosen = await book(id, { seats: ['A-1'] });
    expect(chosen.body.errors).toMatchObject([{ path: '/seats' }]);
  });

  test.each(['abc', 'AAAAAA=', 'AAAAAAA', 'AAAA'])('%s is no cursor of seats', async (cursor) => {
    const { id } = await stack.http.createHall(5);
    const { status, body } = await stack.http.get(`/sections/${id}/seats?cursor=${cursor}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: '/cursor' }]);
  });
});
