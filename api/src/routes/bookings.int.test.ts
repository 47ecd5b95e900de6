import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../booking-view.js';
import type { PageBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const unknownIds = [
  '018f0000-0000-7000-8000-000000000001',
  '018f0000-0000-7fff-bfff-ffffffffffff',
  '00000000-0000-0000-0000-000000000000',
  '9b2f3c1e-4d5a-4b6c-8d7e-0f1a2b3c4d5e',
];

describe.each(engines)('bookings, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  const book = (sectionId: string, quantity: number) =>
    stack.http.post<Booking>('/bookings?wait=30', { sectionId, quantity });

  test('a confirmed booking is a 201 with all that GET then says of it', async () => {
    const section = await stack.http.createSection(5);
    const { status, headers, body } = await book(section.id.toUpperCase(), 2);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/bookings/${body.id}`);
    expect(body).toEqual({
      id: expect.any(String),
      status: 'confirmed',
      eventId: section.eventId,
      sectionId: section.id,
      quantity: 2,
      price: 2 * section.price,
      sequence: 1,
      acceptedAt: expect.stringMatching(instant),
      decidedAt: expect.stringMatching(instant),
    });
    expect((await stack.http.get(`/bookings/${body.id}`)).body).toEqual(body);
    expect((await stack.http.get(`/bookings/${body.id.toUpperCase()}`)).body).toEqual(body);
  });

  test('a booking that does not fit is a 409 that says what is left and names its record', async () => {
    const { id: sectionId } = await stack.http.createSection(5);
    await book(sectionId, 3);
    const { status, headers, body } = await stack.http.post('/bookings?wait=30', {
      sectionId,
      quantity: 3,
    });
    expect(status).toBe(409);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toEqual({
      type: '/problems/sold-out',
      title: expect.any(String),
      status: 409,
      detail: '3 asked for, 2 left.',
      instance: expect.any(String),
      bookingId: expect.any(String),
      remaining: 2,
    });
    expect(headers.get('location')).toBe(`/bookings/${body.bookingId}`);
    const record = await stack.http.get<Booking>(`/bookings/${body.bookingId}`);
    expect(record.status).toBe(200);
    expect(record.body).toMatchObject({ status: 'rejected', reason: 'sold_out', sequence: 2 });
    expect((await book(sectionId, 2)).status).toBe(201);
  });

  test.each(unknownIds)('a booking in a section that does not exist is a 404: %s', async (id) => {
    const { status, body } = await stack.http.post('/bookings', { sectionId: id, quantity: 1 });
    expect(status).toBe(404);
    expect(body.type).toBe('/problems/unknown-section');
  });

  test.each(unknownIds)('a booking that nobody asked for is a 404: %s', async (id) => {
    const { status, body } = await stack.http.get(`/bookings/${id}`);
    expect(status).toBe(404);
    expect(body.type).toBe('/problems/unknown-booking');
  });

  test('a list is filtered by event, section and status, newest first', async () => {
    const { id: eventId, sections } = await stack.http.createEvent(1, 1);
    const [first = '', second = ''] = sections.map(({ id }) => id);
    const sold = (await book(first, 1)).body.id;
    const soldOut = (await book(first, 1)).headers.get('location')?.split('/').at(-1);
    const elsewhere = (await book(second, 1)).body.id;
    const ids = async (query: string) =>
      (await stack.http.all<Booking>(`/bookings?${query}`)).map(({ id }) => id);
    expect(await ids(`eventId=${eventId}`)).toEqual([sold, soldOut, elsewhere].sort().reverse());
    expect(await ids(`sectionId=${first}`)).toEqual([soldOut, sold]);
    expect(await ids(`eventId=${eventId}&status=rejected`)).toEqual([soldOut]);
    expect(await ids(`sectionId=${second.toUpperCase()}&status=confirmed`)).toEqual([elsewhere]);
    expect(await ids(`eventId=${unknownIds[0]}`)).toEqual([]);
    expect(await ids(`eventId=${unknownIds[0]}&sectionId=${first}`)).toEqual([]);
  });

  test('pages stay right while bookings are added: none twice, none left out', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    const booked: number[] = [];
    for (let n = 0; n < 7; n++) booked.push((await book(sectionId, 1)).body.sequence ?? 0);
    const listed: (number | undefined)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await stack.http.get<PageBody<Booking>>(
        `/bookings?sectionId=${sectionId}&limit=3${query}`,
      );
      listed.push(...body.data.map(({ sequence }) => sequence));
      cursor = body.nextCursor;
      await book(sectionId, 1);
    }
    expect(listed).toEqual(booked.reverse());
  });

  test('without a wish to wait the answer is a 202 that says where to look, and when', async () => {
    const section = await stack.http.createSection(5);
    const { status, headers, body } = await stack.http.post<Booking>('/bookings', {
      sectionId: section.id,
      quantity: 2,
    });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/bookings/${body.id}`);
    expect(headers.get('retry-after')).toBe('1');
    expect(headers.get('preference-applied')).toBeNull();
    expect(body).toEqual({
      id: expect.any(String),
      status: 'queued',
      eventId: section.eventId,
      sectionId: section.id,
      quantity: 2,
      price: 2 * section.price,
      acceptedAt: expect.stringMatching(instant),
    });
  });

  test.each<[string, string, number, string | null]>([
    ['wait=20', '', 201, 'wait=20'],
    ['wait=100', '', 201, 'wait=30'],
    ['respond-async, WAIT="20"', '', 201, 'wait=20'],
    ['wait=0', '', 202, 'wait=0'],
    ['wait=0', '?wait=20', 202, 'wait=0'],
    ['wait=20', '?wait=0', 201, 'wait=20'],
    ['return=minimal', '?wait=20', 201, null],
    ['wait=soon', '', 202, null],
  ])('Prefer: %s with "%s" is a %d that applied %s', async (prefer, query, status, applied) => {
    const { id: sectionId } = await stack.http.createSection(1);
    const body = { sectionId, quantity: 1 };
    const answer = await stack.http.post(`/bookings${query}`, body, { prefer });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('preference-applied')).toBe(applied);
  });
});
