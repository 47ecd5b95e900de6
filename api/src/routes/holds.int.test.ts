import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { BookingOrProblem, EventBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('holds and cancellations, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const book = (sectionId: string, quantity: number, hold = false) =>
    stack.http.post<BookingOrProblem>('/bookings?wait=30', { sectionId, quantity, hold });
  const read = async (id: string) => (await stack.http.get<Booking>(`/bookings/${id}`)).body;
  const confirm = (id: string, headers = {}) =>
    stack.http.send<BookingOrProblem>(`/bookings/${id}/confirm`, { method: 'POST', headers });
  const cancel = (id: string, headers = {}) => stack.http.delete(`/bookings/${id}`, headers);
  const remainingIn = async (eventId: string) =>
    (await stack.http.get<EventBody>(`/events/${eventId}`)).body.sections[0]?.remaining;

  test('a hold takes its seats until it is confirmed; confirming again changes nothing', async () => {
    const { id: sectionId, eventId } = await stack.http.createSection(5, { holdSeconds: 3_600 });
    const { status, body } = await book(sectionId, 3, true);
    expect(status).toBe(201);
    expect(body.status).toBe('held');
    const heldForMs = Date.parse(body.expiresAt ?? '') - Date.parse(body.decidedAt ?? '');
    expect(Math.abs(heldForMs - 3_600_000)).toBeLessThanOrEqual(1);
    expect((await book(sectionId, 3)).body).toMatchObject({ remaining: 2 });
    expect((await stack.http.get(`/bookings/${body.id}`)).body).toEqual(body);

    const confirmed = await confirm(body.id.toUpperCase());
    expect(confirmed).toMatchObject({ status: 200, body: { id: body.id, status: 'confirmed' } });
    expect(await confirm(body.id)).toMatchObject({ status: 200, body: confirmed.body });
    expect(await remainingIn(eventId)).toBe(2);
  });

  test('a hold that nobody confirms expires, can no longer be confirmed, and frees its seats', async () => {
    const { id: sectionId } = await stack.http.createSection(1, { holdSeconds: 1 });
    const { id } = (await book(sectionId, 1, true)).body;
    await expect.poll(async () => (await read(id)).status, { timeout: 10_000 }).toBe('expired');
    const late = await confirm(id);
    expect(late).toMatchObject({
      status: 409,
      body: { type: '/problems/hold-expired', bookingId: id },
    });
    expect((await cancel(id)).status).toBe(409);
    expect((await book(sectionId, 1)).status).toBe(201);
  });

  test('only what is held can be confirmed', async () => {
    const { id: sectionId } = await stack.http.createSection(1);
    const { id } = (await book(sectionId, 1)).body;
    const rejected = (await book(sectionId, 1)).body.bookingId ?? '';
    expect((await confirm(rejected)).body.type).toBe('/problems/not-held');
    await cancel(id);
    expect((await confirm(id)).body.type).toBe('/problems/not-held');
    expect((await cancel(rejected)).body.type).toBe('/problems/not-cancellable');
  });

  test('200 parallel cancellations return the seats once', async () => {
    const { id: sectionId, eventId } = await stack.http.createSection(10);
    const { id } = (await book(sectionId, 4)).body;
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async () => (await cancel(id)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await remainingIn(eventId)).toBe(10);
    const ledger = await stack.query<{ command: string }>(
      'SELECT command FROM ledger WHERE section_id = $1 ORDER BY sequence',
      [sectionId],
    );
    expect(ledger.map(({ command }) => command)).toEqual(['book', 'cancel']);
    expect(await read(id)).toMatchObject({ status: 'cancelled', sequence: 1 });
  });

  test('confirm and cancel at once leave the booking cancelled and its seats free', async () => {
    for (let round = 0; round < 5; round++) {
      const { id: sectionId, eventId } = await stack.http.createSection(2);
      const { id } = (await book(sectionId, 2, true)).body;
      const [confirmed, cancelled] = await Promise.all([confirm(id), cancel(id)]);
      expect([200, 409]).toContain(confirmed.status);
      expect(cancelled.status).toBe(204);
      expect((await read(id)).status).toBe('cancelled');
      expect(await remainingIn(eventId)).toBe(2);
    }
  });

  test('who prefers not to wait is told where to look', async () => {
    const { id: sectionId } = await stack.http.createSection(2);
    const { id } = (await book(sectionId, 1, true)).body;
    const prefer = { prefer: 'respond-async' };
    for (const [ask, becomes] of [
      [confirm, 'confirmed'],
      [cancel, 'cancelled'],
    ] as const) {
      const answer = await ask(id, prefer);
      expect(answer.status).toBe(202);
      expect(answer.headers.get('location')).toBe(`/bookings/${id}`);
      expect(answer.headers.get('retry-after')).toBe('1');
      await expect.poll(async () => (await read(id)).status, { timeout: 10_000 }).toBe(becomes);
    }
  });

  test.each(['018f0000-0000-7000-8000-000000000001', '9b2f3c1e-4d5a-4b6c-8d7e-0f1a2b3c4d5e'])(
    'a booking that nobody asked for is a 404: %s',
    async (id) => {
      for (const answer of [await confirm(id), await cancel(id)]) {
        expect(answer).toMatchObject({ status: 404, body: { type: '/problems/unknown-booking' } });
      }
    },
  );
});

describe.each(engines)('cancelled while it is queued, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
  });
  afterAll(() => stack.stop());

  test('a booking is never sold, and the next in line has its seats', async () => {
    const { id: sectionId, eventId } = await stack.http.createSection(5);
    const ask = async () =>
      (await stack.http.post<Booking>('/bookings', { sectionId, quantity: 5 })).body.id;
    const [first, second] = [await ask(), await ask()];
    expect((await stack.http.delete(`/bookings/${first}`)).status).toBe(204);
    expect((await stack.http.delete(`/bookings/${first}`)).status).toBe(204);
    await stack.startWorker();
    const read = async (id: string) => (await stack.http.get<Booking>(`/bookings/${id}`)).body;
    await expect
      .poll(async () => (await read(second)).status, { timeout: 10_000 })
      .toBe('confirmed');
    expect(await read(first)).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect(await read(second)).toMatchObject({ sequence: 2 });
    const { body } = await stack.http.get<EventBody>(`/events/${eventId}`);
    expect(body.sections).toMatchObject([{ remaining: 0 }]);
  });
});
