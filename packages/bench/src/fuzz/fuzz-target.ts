import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { bearerToken } from '../bearer-token.js';
import { type Known, type OpenApiDocument, resolved } from './openapi-requests.js';

export const fuzzSecret = 'only for fuzzing, and long enough to be taken';

const lookEveryMs = 100;

/** What a fuzzed server starts with, and how to ask it as an operator. */
export interface FuzzTarget {
  readonly document: OpenApiDocument;
  readonly known: Known;
  /** The token of somebody who may book. */
  readonly buyer: string;
  /** Made here, and not by the requests. */
  readonly made: Readonly<Record<'events' | 'users' | 'bookings', number>>;
  /** Milliseconds of the middle one of this many good requests, each booking a seat. */
  usualMs(requests: number): Promise<number>;
  /** Resolves when every lane is empty of what was queued. */
  settled(): Promise<void>;
}

const tokenOf = (subject: string, scope: string, seconds: number): Promise<string> =>
  bearerToken(fuzzSecret, { subject, scope, seconds });

/** Puts an event with both kinds of seating on sale, with a user and a booking. */
export async function prepareTarget(address: string): Promise<FuzzTarget> {
  const daySeconds = 86_400;
  const operator = await tokenOf('olga', 'operate', daySeconds);
  const buyer = await tokenOf('ann', 'book events:read events:write', daySeconds);
  const ask = async <Body>(
    method: Dispatcher.HttpMethod,
    path: string,
    body?: unknown,
    token = operator,
  ): Promise<Body> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await request(address + path, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 300) throw new Error(`${path}: ${await answer.body.text()}`);
    return (await answer.body.json()) as Body;
  };
  const sections = [
    { name: 'Floor', price: 100, capacity: 1_000_000 },
    { name: 'Hall', price: 100, seating: 'reserved', rows: [{ row: 'A', seats: 40 }] },
  ];
  const newEvent = { name: 'Fuzzed', sections };
  type Event = { id: string; sections: { id: string }[] };
  const event = await ask<Event>('POST', '/events', newEvent);
  // Not among the known ids: no request can close it.
  const quiet = await ask<Event>('POST', '/events', newEvent);
  const user = await ask<{ id: string }>('POST', '/users', { name: 'A', email: 'a@b.c' }, buyer);
  const [floor, hall] = event.sections.map(({ id }) => id) as [string, string];
  const held = { sectionId: floor, quantity: 1, hold: true };
  const booking = await ask<{ id: string }>('POST', '/bookings?wait=10', held, buyer);
  // Nobody can cancel these, so the event stays on sale whatever is sent.
  for (const sectionId of [floor, hall]) {
    await ask('POST', '/bookings?wait=10', { sectionId, quantity: 1 });
  }
  const quietBookings = { sectionId: quiet.sections[0]?.id, quantity: 1 };
  let booked = 0;

  const forged = buyer.replace(/\.[^.]*$/, '.AAAA');
  const unsigned = `eyJhbGciOiJub25lIn0.${buyer.split('.')[1]}.`;
  const past = await tokenOf('ann', 'operate', -60);
  const powerless = [...Array<string>(8).fill(buyer), past, forged, unsigned, 'stile_x', ''];
  const credentials = [...Array<string>(6).fill(operator), ...powerless];
  const ids = [event.id, floor, floor, hall, user.id, booking.id, randomUUID()];
  return {
    document: resolved(await ask<OpenApiDocument>('GET', '/openapi.json')),
    known: { ids, credentials, powerless },
    buyer,
    get made() {
      return { events: 2, users: 1, bookings: 3 + booked };
    },
    usualMs: async (requests) => {
      const times: number[] = [];
      for (let n = 0; n < requests; n++) {
        const startedMs = performance.now();
        await ask('POST', '/bookings?wait=10', quietBookings);
        times.push(performance.now() - startedMs);
      }
      booked += requests;
      return times.sort((a, b) => a - b)[Math.floor(requests / 2)] ?? 0;
    },
    settled: async () => {
      type Queues = { queues: { counts: Record<string, number> }[] };
      for (;;) {
        const { queues } = await ask<Queues>('GET', '/queues/api/queues');
        const left = queues.map(({ counts }) => (counts.waiting ?? 0) + (counts.active ?? 0));
        if (left.every((jobs) => jobs === 0)) return;
        await delay(lookEveryMs);
      }
    },
  };
}
