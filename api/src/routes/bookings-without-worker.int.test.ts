import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { EventBody, SectionBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

describe.each(engines)('while no worker runs, with lanes on $name', (engine) => {
  let stack: TestStack;
  let section: SectionBody & { readonly eventId: string };
  beforeEach(async () => {
    stack = await startStack(engine, { withWorker: false });
    section = await stack.http.createSection(5);
  });
  afterEach(() => stack.stop());

  const ask = (quantity: number, headers = {}, query = '') =>
    stack.http.post<Booking>(`/bookings${query}`, { sectionId: section.id, quantity }, headers);
  const statusOf = async (id: string) =>
    (await stack.http.get<Booking>(`/bookings/${id}`)).body.status;

  test('a client who waits hears after its N seconds that the booking is queued', async () => {
    const startedMs = performance.now();
    const [preferred, parameter] = await Promise.all([
      ask(1, { prefer: 'wait=1' }),
      ask(1, {}, '?wait=1'),
    ]);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(990);
    expect(preferred.headers.get('preference-applied')).toBe('wait=1');
    for (const { status, headers, body } of [preferred, parameter]) {
      expect(status).toBe(202);
      expect(body.status).toBe('queued');
      expect(headers.get('location')).toBe(`/bookings/${body.id}`);
      expect(headers.get('retry-after')).toBe('1');
    }
  });

  test('a queued booking can be read, is not listed yet, and takes no seats', async () => {
    const { body } = await ask(2);
    const read = await stack.http.get<Booking>(`/bookings/${body.id}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('retry-after')).toBe('1');
    expect(read.body).toEqual({ ...body, position: 0 });
    expect(await stack.http.all(`/bookings?sectionId=${section.id}`)).toEqual([]);
    const event = await stack.http.get<EventBody>(`/events/${section.eventId}`);
    expect(event.body.sections).toMatchObject([{ remaining: 5, version: 0 }]);
  });

  test('an id that only shares its job with a queued booking is a 404', async () => {
    const { body } = await ask(1);
    const last = body.id.endsWith('1') ? '2' : '1';
    expect((await stack.http.get(`/bookings/${body.id.slice(0, -1)}${last}`)).status).toBe(404);
  });

  test('what was queued is decided in its order once a worker starts', async () => {
    const asked: string[] = [];
    for (let n = 0; n < 7; n++) asked.push((await ask(1)).body.id);
    await stack.startWorker();
    await expect.poll(() => statusOf(asked.at(-1) ?? ''), { timeout: 10_000 }).toBe('rejected');
    const bookings = await Promise.all(
      asked.map(async (id) => (await stack.http.get<Booking>(`/bookings/${id}`)).body),
    );
    expect(bookings.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(bookings.filter(({ status }) => status === 'confirmed')).toHaveLength(5);
  });

  test('a client who still waits when a worker starts hears the outcome', async () => {
    const waiting = ask(5, { prefer: 'wait=30' });
    await stack.startWorker();
    expect((await waiting).status).toBe(201);
  });
});
