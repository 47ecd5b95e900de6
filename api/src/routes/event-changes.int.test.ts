import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { EventBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

const unknownId = '018f0000-0000-7000-8000-000000000001';
const past = '2020-01-01T00:00:00.000Z';
const future = '2090-01-01T00:00:00.000Z';

describe.each(engines)('changing events, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const book = (sectionId: string) =>
    stack.http.post<Booking>('/bookings?wait=30', { sectionId, quantity: 1 });
  const windowsOf = (eventId: string) =>
    stack.query(
      `SELECT DISTINCT sales_open_at AS open, sales_close_at AS close FROM sections
        WHERE event_id = $1`,
      [eventId],
    );

  test('name, kind and start are changed, and taken away by null', async () => {
    const { id } = await stack.http.createEvent(5);
    const fields = { name: 'Another', kind: 'movie', startsAt: future };
    const changed = await stack.http.patch<EventBody>(`/events/${id}`, fields);
    expect(changed).toMatchObject({ status: 200, body: { id, ...fields } });
    const { body } = await stack.http.patch<EventBody>(`/events/${id}`, {
      kind: null,
      startsAt: null,
    });
    expect(body.name).toBe('Another');
    expect(body).not.toHaveProperty('kind');
    expect(body).not.toHaveProperty('startsAt');
    expect((await stack.http.get(`/events/${id}`)).body).toEqual(body);
  });

  test('a sales window is changed in every section, in the ledger too, and taken away', async () => {
    const { id, sections } = await stack.http.createEvent(5, 5, 5);
    const sectionId = sections[1]?.id ?? '';
    const closed = await stack.http.patch<EventBody>(`/events/${id}`, { salesCloseAt: past });
    expect(closed.body).toMatchObject({ salesCloseAt: past, version: 3 });
    expect(await windowsOf(id)).toEqual([{ open: null, close: new Date(past) }]);
    expect((await book(sectionId)).body).toMatchObject({ type: '/problems/sales-closed' });

    const opened = await stack.http.patch<EventBody>(`/events/${id}`, { salesCloseAt: null });
    expect(opened.body).not.toHaveProperty('salesCloseAt');
    expect(await windowsOf(id)).toEqual([{ open: null, close: null }]);
    expect((await book(sectionId)).status).toBe(201);
    const ledger = await stack.query<{ command: string }>(
      'SELECT command FROM ledger WHERE section_id = $1 ORDER BY sequence',
      [sectionId],
    );
    expect(ledger.map(({ command }) => command)).toEqual(['change', 'book', 'change', 'book']);
  });

  test('of two halves of a window the one that would make it empty is refused', async () => {
    const { id } = await stack.http.createEvent(5);
    await stack.http.patch(`/events/${id}`, { salesOpenAt: future });
    const { status, body } = await stack.http.patch(`/events/${id}`, { salesCloseAt: past });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: '/salesCloseAt' }]);
    expect(await windowsOf(id)).toEqual([{ open: new Date(future), close: null }]);
  });

  test('of many changes at once all sections have the window that the event has', async () => {
    const { id } = await stack.http.createEvent(5, 5, 5, 5);
    const years = Array.from({ length: 12 }, (_, n) => `20${50 + n}-01-01T00:00:00.000Z`);
    await Promise.all(
      years.map((salesCloseAt) => stack.http.patch(`/events/${id}`, { salesCloseAt })),
    );
    const { body } = await stack.http.get<EventBody>(`/events/${id}`);
    expect(years).toContain(body.salesCloseAt);
    expect(await windowsOf(id)).toEqual([{ open: null, close: new Date(body.salesCloseAt ?? '') }]);
  });

  test('an event without live bookings is deleted, and then it is nowhere', async () => {
    const { id, sections } = await stack.http.createEvent(5, 5);
    const sectionId = sections[0]?.id ?? '';
    const booked = (await book(sectionId)).body;
    await stack.http.delete(`/bookings/${booked.id}`);
    expect((await stack.http.delete(`/events/${id}`)).status).toBe(204);

    for (const gone of [
      await stack.http.get(`/events/${id}`),
      await stack.http.get(`/events/${id}/stats`),
      await stack.http.patch(`/events/${id}`, { name: 'x' }),
      await stack.http.delete(`/events/${id}`),
    ]) {
      expect(gone).toMatchObject({ status: 404, body: { type: '/problems/unknown-event' } });
    }
    for (const gone of [
      await book(sectionId),
      await stack.http.patch(`/sections/${sectionId}`, { price: 1 }),
      await stack.http.get(`/sections/${sectionId}/seats`),
    ]) {
      expect(gone).toMatchObject({ status: 404, body: { type: '/problems/unknown-section' } });
    }
    const listed = await stack.http.all<EventBody>('/events');
    expect(listed.map((event) => event.id)).not.toContain(id);
    const { body } = await stack.http.get<Booking>(`/bookings/${booked.id}`);
    expect(body.status).toBe('cancelled');
    expect(await stack.http.all<Booking>(`/bookings?eventId=${id}`)).toEqual([body]);
  });

  test('an event with live bookings stays, and goes on selling', async () => {
    const { id, sections } = await stack.http.createEvent(5, 5);
    const [first = '', second = ''] = sections.map((section) => section.id);
    await book(second);
    const { status, body } = await stack.http.delete(`/events/${id}`);
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/live-bookings' });
    expect((await book(first)).status).toBe(201);
    expect((await book(second)).status).toBe(201);
  });

  test('deleted while it sells, an event is gone without bookings or stays and sells', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, sections } = await stack.http.createEvent(50, 50);
      const [first = '', second = ''] = sections.map((section) => section.id);
      const [deletion, again, ...answers] = await Promise.all([
        stack.http.delete(`/events/${id}`),
        stack.http.delete(`/events/${id}`),
        ...Array.from({ length: 10 }, (_, n) => book(n % 2 === 0 ? first : second)),
      ]);
      const sold = answers.filter(({ status }) => status === 201).length;
      const isDeleted = [deletion, again].some(({ status }) => status === 204);
      expect([deletion.status, again.status].every((s) => [204, 404, 409].includes(s))).toBe(true);
      if (isDeleted) expect(sold).toBe(0);
      const [row] = await stack.query<{ closed: number; taken: number }>(
        `SELECT count(*) FILTER (WHERE closed)::int AS closed,
                sum(held + confirmed)::int AS taken FROM sections WHERE event_id = $1`,
        [id],
      );
      expect(row).toEqual({ closed: isDeleted ? 2 : 0, taken: sold });
    }
  });

  test.each(['PATCH', 'DELETE'])('an event that nobody created is a 404: %s', async (method) => {
    const answer =
      method === 'PATCH'
        ? await stack.http.patch(`/events/${unknownId}`, { name: 'x' })
        : await stack.http.delete(`/events/${unknownId}`);
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/unknown-event' } });
  });
});
