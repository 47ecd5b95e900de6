import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventBody, PageBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

const unknownId = '018f0000-0000-7000-8000-000000000001';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const oneSection = [{ name: 'Floor', price: 2_500, capacity: 5 }];

describe.each(engines)('events, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
  });
  afterAll(() => stack.stop());

  const create = (fields: object) =>
    stack.http.post<EventBody>('/events', { name: 'An event', sections: oneSection, ...fields });
  const namesOf = async (query: string): Promise<string[]> => {
    const { body } = await stack.http.get<PageBody<EventBody>>(`/events?${query}`);
    return body.data.map(({ name }) => name);
  };

  test('an event is created with its sections in the order given, all of their seats free', async () => {
    const sections = [
      {
        name: 'Stalls',
        seating: 'reserved',
        price: 7_500,
        capacity: 300,
        maxPerBooking: 6,
        maxPerUser: 10,
        holdSeconds: 600,
      },
      { name: 'Balcony', seating: 'general', price: 0, capacity: 1, holdSeconds: 120 },
    ];
    const startsAt = '2030-05-01T20:00:00+02:00';
    const { status, headers, body } = await create({
      name: 'Jazz — 日本 🎷',
      kind: 'concert',
      currency: 'CHF',
      startsAt,
      salesOpenAt: '2030-01-01T00:00:00Z',
      salesCloseAt: '2030-05-01T18:00:00Z',
      sections,
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/events/${body.id}`);
    expect(body).toEqual({
      id: expect.stringMatching(uuid),
      name: 'Jazz — 日本 🎷',
      kind: 'concert',
      currency: 'CHF',
      startsAt: '2030-05-01T18:00:00.000Z',
      salesOpenAt: '2030-01-01T00:00:00.000Z',
      salesCloseAt: '2030-05-01T18:00:00.000Z',
      version: 0,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      sections: sections.map((section) => ({
        ...section,
        id: expect.stringMatching(uuid),
        remaining: section.capacity,
        version: 0,
      })),
    });
    expect((await stack.http.get(`/events/${body.id}`)).body).toEqual(body);
    expect((await stack.http.get(`/events/${body.id.toUpperCase()}`)).body).toEqual(body);
  });

  test('an event needs no more than a name and a section; its currency is then EUR', async () => {
    const { status, body } = await create({});
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(
      ['createdAt', 'currency', 'id', 'name', 'sections', 'version'].sort(),
    );
    expect(body.currency).toBe('EUR');
    expect(body.sections).toMatchObject([{ seating: 'general', holdSeconds: 120 }]);
  });

  test('an event takes the largest section there can be, and as many as 500', async () => {
    const sections = Array.from({ length: 500 }, (_, n) => ({
      name: `Section ${n}`,
      price: 1_000_000_000,
      capacity: 1_000_000,
    }));
    const { status, body } = await create({ name: 'x'.repeat(200), sections });
    expect(status).toBe(201);
    expect(body.sections.map(({ name }) => name)).toEqual(sections.map(({ name }) => name));
  });

  test('the seats of a reserved section are those of its rows', async () => {
    const rows = [
      { row: 'A', seats: 3 },
      { row: 'B-1', seats: 1_000 },
    ];
    const reserved = { name: 'Hall', price: 1, seating: 'reserved', rows };
    const { status, body } = await create({ sections: [reserved] });
    expect(status).toBe(201);
    expect(body.sections).toMatchObject([
      { seating: 'reserved', capacity: 1_003, remaining: 1_003 },
    ]);
    expect((await create({ sections: [{ ...reserved, capacity: 1_003 }] })).status).toBe(201);
  });

  test('an event that nobody created is a 404', async () => {
    const { status, body } = await stack.http.get(`/events/${unknownId}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ type: '/problems/unknown-event', status: 404 });
    expect(body.detail).toContain(unknownId);
  });

  test('a list is filtered by kind', async () => {
    await create({ name: 'A bus', kind: 'bus' });
    await create({ name: 'Another bus', kind: 'bus' });
    expect(await namesOf('kind=bus')).toEqual(['Another bus', 'A bus']);
    expect(await namesOf('kind=doctor')).toEqual([]);
  });

  test('a list is filtered by start: from is included, to is not', async () => {
    for (const hour of ['08', '09', '10']) {
      await create({ name: `at ${hour}`, kind: 'hourly', startsAt: `2031-01-01T${hour}:00:00Z` });
    }
    await create({ name: 'some day', kind: 'hourly' });
    const [nine, ten] = ['2031-01-01T09:00:00Z', '2031-01-01T10:00:00Z'];
    expect(await namesOf(`kind=hourly&from=${nine}`)).toEqual(['at 10', 'at 09']);
    expect(await namesOf(`kind=hourly&to=${ten}`)).toEqual(['at 09', 'at 08']);
    expect(await namesOf(`kind=hourly&from=${nine}&to=${ten}`)).toEqual(['at 09']);
    expect(
      await namesOf(`kind=hourly&from=${encodeURIComponent('2031-01-01T11:00:00+01:00')}`),
    ).toEqual(['at 10']);
  });

  test('pages stay right while events are added: none twice, none left out', async () => {
    for (let n = 1; n <= 7; n++) await create({ name: `page ${n}`, kind: 'paged' });
    const pages: string[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await stack.http.get<PageBody<EventBody>>(
        `/events?kind=paged&limit=3${query}`,
      );
      pages.push(body.data.map(({ name }) => name));
      cursor = body.nextCursor;
      await create({ name: `added after page ${pages.length}`, kind: 'paged' });
    }
    expect(pages).toEqual([
      ['page 7', 'page 6', 'page 5'],
      ['page 4', 'page 3', 'page 2'],
      ['page 1'],
    ]);
  });

  test('a list has 20 events unless told otherwise', async () => {
    for (let n = 0; n < 21; n++) await create({ kind: 'many' });
    expect(await namesOf('kind=many')).toHaveLength(20);
    expect(await namesOf('kind=many&limit=100')).toHaveLength(21);
    expect(await namesOf('kind=many&limit=1')).toHaveLength(1);
  });
});
