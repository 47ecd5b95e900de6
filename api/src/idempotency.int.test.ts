import { acceptedAnewFromUs } from '@stile/core';
import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Booking } from './booking-view.js';
import type { BookingOrProblem } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

const hourMs = 3_600_000;

describe.each(engines)('Idempotency-Key, with lanes on $name', (engine) => {
  let stack: TestStack;
  let sectionId: string;
  beforeEach(async () => {
    stack = await startStack(engine);
    sectionId = (await stack.http.createSection(1_000)).id;
  });
  afterEach(() => stack.stop());

  const ask = (key: string, fields: object = {}, wait = 30) =>
    stack.http.post<BookingOrProblem>(
      `/bookings?wait=${wait}`,
      { sectionId, quantity: 1, ...fields },
      { 'idempotency-key': key },
    );
  const countBookings = async () =>
    (await stack.http.all<Booking>(`/bookings?sectionId=${sectionId}`)).length;

  test('500 parallel requests with one key make one booking, and all of them name it', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask('the key')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.has('idempotency-replayed'));
    expect(replayed).toHaveLength(499);
    expect(replayed[0]?.headers.get('idempotency-replayed')).toBe('true');
    expect(await countBookings()).toBe(1);
  });

  test('the same request again gets the same answer, also a rejection', async () => {
    const sold = await ask('a', { quantity: 999 });
    const again = await ask('a', { quantity: 999 });
    expect(again).toMatchObject({ status: 201, body: sold.body });
    const rejected = await ask('b', { quantity: 2 });
    const { status, body } = await ask('b', { quantity: 2 });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: rejected.body.type, bookingId: rejected.body.bookingId });
    expect(await countBookings()).toBe(2);
  });

  test('what became of the booking since is in the answer', async () => {
    const { body } = await ask('the key', { hold: true });
    await stack.http.delete(`/bookings/${body.id}`);
    expect((await ask('the key', { hold: true })).body).toMatchObject({
      id: body.id,
      status: 'cancelled',
    });
  });

  test.each<object>([{ quantity: 2 }, { hold: true }, { seats: ['A-1'], quantity: undefined }])(
    'another request under the same key is a 422: %j',
    async (fields) => {
      const hall = await stack.http.createHall(5);
      sectionId = hall.id;
      await ask('the key');
      const { status, body } = await ask('the key', fields);
      expect(status).toBe(422);
      expect(body.type).toBe('/problems/idempotency-key-reused');
      expect(await countBookings()).toBe(1);
    },
  );

  test('a key that is too long, empty or not text is a 400', async () => {
    for (const key of ['x'.repeat(256), '', '\t', 'a\tb']) {
      const { status } = await ask(key);
      expect(status, JSON.stringify(key)).toBe(400);
    }
    expect((await ask('x'.repeat(255))).status).toBe(201);
  });

  test('a booking that the queue lost is enqueued again by a repetition, and decided once', async () => {
    await stack.stopWorker();
    const { status, body } = await ask('the key', {}, 0);
    expect(status).toBe(202);
    await stack.emptyQueues();
    expect((await stack.http.get(`/bookings/${body.id}`)).status).toBe(404);

    const again = await Promise.all(Array.from({ length: 20 }, () => ask('the key', {}, 0)));
    expect(new Set(again.map(({ body: { id } }) => id))).toEqual(new Set([body.id]));
    await stack.startWorker();
    const read = async () => (await stack.http.get<Booking>(`/bookings/${body.id}`)).body.status;
    await expect.poll(read, { timeout: 10_000 }).toBe('confirmed');
    expect(await ask('the key')).toMatchObject({ status: 201, body: { id: body.id } });
    const ledger = await stack.query('SELECT booking_id FROM ledger WHERE section_id = $1', [
      sectionId,
    ]);
    expect(ledger).toEqual([{ booking_id: body.id }]);
  });

  test('a booking whose id is from a clock that was ahead is stamped later than that, enqueued again', async () => {
    await stack.stopWorker();
    const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + hourMs);
    const { body } = await ask('the key', {}, 0).finally(() => ahead.mockRestore());
    await stack.emptyQueues();
    await ask('the key', {}, 0);
    await stack.startWorker();
    const read = async () => (await stack.http.get<Booking>(`/bookings/${body.id}`)).body;
    await expect.poll(async () => (await read()).status, { timeout: 10_000 }).toBe('confirmed');
    const acceptedAtUs = Date.parse((await read()).acceptedAt) * 1_000;
    expect(acceptedAtUs).toBeGreaterThanOrEqual(acceptedAnewFromUs(body.id));
  });
});
