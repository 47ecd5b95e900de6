import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from './booking-view.js';
import type { Answer, EventBody, HttpClient, ProblemBody } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

interface Told {
  readonly id: string | undefined;
  readonly status: string;
}

type Ask = (http: HttpClient, body: object) => Promise<Told>;

/** What an answer that waited for its outcome says. */
function toldBy({ status, body }: Answer<Booking | ProblemBody>): Told {
  if (status === 201) return { id: (body as Booking).id, status: (body as Booking).status };
  expect(body).toMatchObject({ type: '/problems/sold-out', status: 409, remaining: 0 });
  return { id: (body as ProblemBody).bookingId, status: 'rejected' };
}

async function askAndPoll(http: HttpClient, body: object): Promise<Told> {
  const { status, headers } = await http.post('/bookings', body);
  expect(status).toBe(202);
  const location = headers.get('location') ?? '';
  const read = async () => (await http.get<Booking>(location)).body;
  await expect.poll(async () => (await read()).status, { timeout: 10_000 }).not.toBe('queued');
  return read();
}

const ways: readonly { readonly how: string; readonly ask: Ask }[] = [
  {
    how: 'wait with Prefer',
    ask: async (http, body) => toldBy(await http.post('/bookings', body, { prefer: 'wait=30' })),
  },
  {
    how: 'wait with a parameter',
    ask: async (http, body) => toldBy(await http.post('/bookings?wait=30', body)),
  },
  { how: 'poll', ask: askAndPoll },
];

const crowds = [
  { buyers: 10, quantity: 1, confirmed: 5 },
  { buyers: 20, quantity: 1, confirmed: 5 },
  { buyers: 10, quantity: 5, confirmed: 1 },
];

describe.each(engines)('for 5 seats, on the $name engine', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine);
  });
  afterAll(() => stack.stop());

  describe.each(ways)('parallel buyers who $how', ({ ask }) => {
    test.each(crowds)('of $quantity: of $buyers exactly $confirmed are served', async (crowd) => {
      const { buyers, quantity, confirmed } = crowd;
      const { http } = stack;
      const section = await http.createSection(5);
      const body = { sectionId: section.id, quantity };
      const told = await Promise.all(Array.from({ length: buyers }, () => ask(http, body)));
      expect(told.filter(({ status }) => status === 'confirmed')).toHaveLength(confirmed);
      expect(told.filter(({ status }) => status === 'rejected')).toHaveLength(buyers - confirmed);

      const event = await http.get<EventBody>(`/events/${section.eventId}`);
      expect(event.body.sections).toMatchObject([{ remaining: 0, version: confirmed }]);
      await expectSameStory(section.id, told);
    });
  });

  /** The list, the ledger and what the buyers were told agree, and no decision is missing. */
  async function expectSameStory(sectionId: string, told: readonly Told[]): Promise<void> {
    const listed = await stack.http.all<Booking>(`/bookings?sectionId=${sectionId}`);
    const byId = (rows: readonly Told[]) => new Map(rows.map(({ id, status }) => [id, status]));
    expect(listed).toHaveLength(told.length);
    expect(byId(listed)).toEqual(byId(told));

    const ledger = await stack.query<{ sequence: number; id: string; outcome: string }>(
      `SELECT sequence::int, booking_id AS id, outcome FROM ledger
        WHERE section_id = $1 ORDER BY sequence`,
      [sectionId],
    );
    expect(ledger.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
    const inOrder = listed.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
    expect(ledger).toEqual(
      inOrder.map(({ sequence, id, status }) => ({ sequence, id, outcome: status })),
    );
    // Seats went to those who were first: among equals, everybody confirmed precedes the others.
    expect(ledger.map(({ outcome }) => outcome)).toEqual(
      ledger.map(({ outcome }) => outcome).toSorted(),
    );
  }
});
