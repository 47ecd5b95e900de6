import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../servers/bench-servers.js';
import { checkPeerStock, createPeerStock } from '../subjects/peer-stock.js';
import { seatLabels } from '../subjects/subject.js';
import { startPeerWorker } from './bullmq-worker.js';
import { openPool } from './open-pool.js';
import type { Peer, PeerDependencies, PeerOutcome, Wanted } from './peer.js';
import { bookInTransaction } from './section-transaction.js';
import { type PeerName, peerNames, type Strategy, strategies } from './strategies.js';
import { createPeerTables } from './tables.js';

const redisUrl = engines.find(({ name }) => name === 'redis')?.redisUrl;
const runnable = peerNames.filter((name) => redisUrl || !strategies[name].needsRedis);
const sellingSeats = runnable.filter((name) => (strategies[name] as Strategy).sellsSeats);
const prefix = uniquePrefix();
const seats = 20;
const buyers = 90;

let database: TestDatabase;
let deps: PeerDependencies;

beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.url, createPeerTables);
  deps = {
    ...{ databaseUrl: database.url, redisUrl, prefix },
    tuning: { processes: 1, poolMax: 8, retryDelayMs: 2 },
    onError: (error) => {
      throw error;
    },
  };
});
afterAll(async () => {
  await database.drop();
  if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
});

/** All buyers at once, each for what `wanted` says; outcomes by kind. */
async function rushTo(
  book: (wanted: Wanted) => Promise<PeerOutcome>,
  sectionId: string,
  wanted: (buyer: number) => Pick<Wanted, 'quantity' | 'seats'> = () => ({ quantity: 1 }),
): Promise<Record<string, number>> {
  const outcomes = await Promise.all(
    Array.from({ length: buyers }, (_, buyer) =>
      book({ bookingId: uuidv7(), sectionId, ...wanted(buyer) }),
    ),
  );
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

async function withPeer(name: PeerName, work: (peer: Peer) => Promise<void>): Promise<void> {
  const worker = name === 'bullmq' ? await startPeerWorker(deps) : undefined;
  const peer = await strategies[name].open(deps);
  try {
    await work(peer);
  } finally {
    await peer.close();
    await worker?.close();
  }
}

describe('a peer of the benchmark', () => {
  it.each(runnable)('sells every seat once and turns the others away (%s)', async (name) => {
    const stock = await createPeerStock(database.url, { sections: 1, capacity: seats });
    const [sectionId = ''] = stock.sectionIds;
    await withPeer(name, async (peer) => {
      const told = await rushTo((wanted) => peer.book(wanted), sectionId);
      expect(told).toEqual({ confirmed: seats, 'sold-out': buyers - seats });
    });
    const stored = { capacity: seats, sold: seats, bookings: seats, sectionsWrong: 0 };
    expect(await checkPeerStock(database.url, stock)).toEqual(stored);
  });

  it.each(sellingSeats)('gives a chosen seat to one buyer only (%s)', async (name) => {
    const stock = await createPeerStock(database.url, {
      ...{ sections: 1, capacity: seats, reserved: true },
    });
    const [sectionId = ''] = stock.sectionIds;
    const labels = seatLabels(seats);
    await withPeer(name, async (peer) => {
      const told = await rushTo(
        (wanted) => peer.book(wanted),
        sectionId,
        (buyer) => ({ quantity: 1, seats: [labels[buyer % seats] ?? ''] }),
      );
      expect(told).toEqual({ confirmed: seats, 'seat-taken': buyers - seats });
    });
    expect(await checkPeerStock(database.url, stock)).toMatchObject({
      sold: seats,
      sectionsWrong: 0,
    });
  });

  it('that neither locks nor compares is caught by the check', async () => {
    const stock = await createPeerStock(database.url, { sections: 1, capacity: seats });
    const [sectionId = ''] = stock.sectionIds;
    const pool = openPool(deps);
    const style = { begin: 'BEGIN', lock: 'none', roundTrips: 'pipelined' } as const;
    await rushTo((wanted) => bookInTransaction(pool, style, wanted), sectionId);
    await pool.end();
    expect(await checkPeerStock(database.url, stock)).toMatchObject({ sectionsWrong: 1 });
  });
});
