import { engines } from '@stile/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventBody } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';

interface SeatMapBody {
  readonly version: number;
  readonly rows: readonly { readonly row: string; readonly seats: string }[];
}

let stack: TestStack;
let sectionId: string;
let generalId: string;
beforeAll(async () => {
  stack = await startStack(engines[0] as (typeof engines)[number]);
  const { body } = await stack.http.post<EventBody>('/events', {
    name: 'Hall',
    sections: [
      {
        ...{ name: 'Stalls', price: 1, seating: 'reserved' },
        rows: [
          { row: 'A', seats: 3 },
          { row: 'B', seats: 4 },
        ],
      },
      { name: 'Standing', price: 1, capacity: 5 },
    ],
  });
  [sectionId, generalId] = body.sections.map(({ id }) => id) as [string, string];
});
afterAll(() => stack.stop());

const read = (headers: Readonly<Record<string, string>> = {}) =>
  stack.http.send<SeatMapBody>(`/sections/${sectionId}/seat-map`, { headers });

test('a hall is drawn with a letter for each seat, and anew when a seat changes', async () => {
  const rowsOf = async () => (await read()).body.rows;
  expect(await rowsOf()).toEqual([
    { row: 'A', seats: 'aaa' },
    { row: 'B', seats: 'aaaa' },
  ]);
  await stack.http.post('/bookings?wait=10', { sectionId, seats: ['A-2'] });
  await stack.http.post('/bookings?wait=10', { sectionId, seats: ['B-1', 'B-4'], hold: true });
  expect(await rowsOf()).toEqual([
    { row: 'A', seats: 'aca' },
    { row: 'B', seats: 'haah' },
  ]);
});

test('a hall that is known already is not sent again', async () => {
  const etag = (await read()).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"\d+"$/);
  expect((await read({ 'if-none-match': etag })).status).toBe(304);
  await stack.http.post('/bookings?wait=10', { sectionId, seats: ['A-3'] });
  expect((await read({ 'if-none-match': etag })).status).toBe(200);
});

test('a section without numbers has no map, and neither has one that does not exist', async () => {
  const statusOf = async (id: string) => (await stack.http.get(`/sections/${id}/seat-map`)).status;
  expect(await statusOf(generalId)).toBe(409);
  expect(await statusOf('01900000-0000-7000-8000-000000000001')).toBe(404);
});
