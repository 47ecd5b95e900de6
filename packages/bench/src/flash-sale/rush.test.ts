import { expect, it } from 'vitest';
import { type Buyer, rush } from './rush.js';

const never = new AbortController().signal;

it('every buyer is visited until it is done, and a connection carries one visit at a time', async () => {
  const visits = new Map<Buyer, number>();
  const busy = new Set<string>();
  await rush({
    connections: ['a', 'b', 'c'],
    buyerCount: 200,
    signal: never,
    visit: async (connection, buyer) => {
      expect(busy.has(connection)).toBe(false);
      busy.add(connection);
      await Promise.resolve();
      busy.delete(connection);
      const visit = (visits.get(buyer) ?? 0) + 1;
      visits.set(buyer, visit);
      return visit < 3 ? visit % 2 : undefined;
    },
  });
  expect(visits.size).toBe(200);
  expect(new Set(visits.values())).toEqual(new Set([3]));
});

it('a buyer that must come back leaves its connection to the next', async () => {
  const seen: (string | undefined)[] = [];
  let begun = 0;
  await rush({
    connections: ['only'],
    buyerCount: 2,
    signal: never,
    visit: async (_connection, buyer) => {
      seen.push(buyer.bookingId);
      if (buyer.bookingId !== undefined) return undefined;
      buyer.bookingId = `b${++begun}`;
      return 1;
    },
  });
  expect(seen).toEqual([undefined, undefined, 'b1', 'b2']);
});

it('ends early when it is told to, even while everyone is away', async () => {
  const stop = new AbortController();
  const ended = rush({
    connections: ['a', 'b'],
    buyerCount: 5,
    signal: stop.signal,
    visit: async () => 5,
  });
  stop.abort();
  await expect(ended).resolves.toBeUndefined();
});
