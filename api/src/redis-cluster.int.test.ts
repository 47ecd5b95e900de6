import { laneQueueName } from '@stile/queue';
import {
  hasRedisServer,
  type RedisMaster,
  startRedisCluster,
  type TestRedisCluster,
  uniquePrefix,
} from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Booking } from './booking-view.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

const lanes = [0, 1, 2] as const;
const clientsPerLane = 4;
/** Decided in each of the other lanes while one master is down. */
const decidedMeanwhile = 50;

describe.runIf(hasRedisServer)('lanes on a Redis Cluster', () => {
  let cluster: TestRedisCluster;
  let stack: TestStack;
  let masterOf: readonly RedisMaster[];
  let sectionOf: readonly string[];

  beforeAll(async () => {
    cluster = await startRedisCluster();
    const { prefix, masters } = await spreadingPrefix(cluster);
    masterOf = masters;
    stack = await startStack(
      // One address: that it is one of a cluster is found out.
      { name: 'redis', redisUrl: cluster.masters[0]?.url as string },
      { environment: { LANES: String(lanes.length) }, prefix },
    );
    const sections = (await stack.http.createEvent(...lanes.map(() => 1_000_000))).sections;
    const rows = await stack.query<{ id: string; lane: number }>('SELECT id, lane FROM sections');
    sectionOf = lanes.map((lane) => rows.find((row) => row.lane === lane)?.id as string);
    expect(sections).toHaveLength(lanes.length);
  });
  afterAll(async () => {
    await stack.stop();
    await cluster.stop();
  });

  /** How many bookings each lane has decided. */
  async function decided(): Promise<number[]> {
    const rows = await stack.query<{ section_id: string; count: number }>(
      'SELECT section_id, count(*)::int FROM ledger GROUP BY section_id',
    );
    return sectionOf.map((id) => rows.find((row) => row.section_id === id)?.count ?? 0);
  }

  /** Books under keys of their own, one after the other, again until each is decided. */
  async function bookUntil(signal: AbortSignal, lane: number, client: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; !signal.aborted; n++) {
      for (let isDecided = false; !isDecided; ) {
        const { status, headers, body } = await stack.http.post<Booking>(
          '/bookings?wait=2',
          { sectionId: sectionOf[lane], quantity: 1 },
          { 'idempotency-key': `${lane}-${client}-${n}` },
        );
        expect([201, 202, 503]).toContain(status);
        if (status === 503) expect(headers.get('retry-after')).not.toBeNull();
        isDecided = status === 201;
        if (isDecided) ids.push(body.id);
      }
    }
    return ids;
  }

  test('go on deciding when another lane\u2019s master dies, and that lane when it is back', async () => {
    const stopping = new AbortController();
    const clients = lanes.flatMap((lane) =>
      Array.from({ length: clientsPerLane }, (_, client) =>
        bookUntil(stopping.signal, lane, client),
      ),
    );
    const all = Promise.all(clients);
    all.catch(() => stopping.abort());
    await expectMore(lanes);

    await masterOf[0]?.kill();
    await expectMore([1, 2]);
    await masterOf[0]?.restart();
    await expectMore(lanes);
    stopping.abort();

    const told = (await all).flat();
    const stored = await stack.query<{ id: string }>('SELECT id FROM bookings');
    expect(new Set(told).size).toBe(told.length);
    expect(stored.map(({ id }) => id).sort()).toEqual(told.sort());
    const [disorder] = await stack.query<{ count: number }>(
      `SELECT count(*)::int FROM ledger a JOIN ledger b USING (section_id)
        WHERE b.sequence = a.sequence + 1 AND b.accepted_at < a.accepted_at`,
    );
    expect(disorder?.count).toBe(0);
  });

  async function expectMore(expected: readonly number[]): Promise<void> {
    const before = await decided();
    await vi.waitFor(
      async () => {
        const now = await decided();
        for (const lane of expected) {
          expect(now[lane]).toBeGreaterThan((before[lane] ?? 0) + decidedMeanwhile);
        }
      },
      { timeout: 25_000, interval: 100 },
    );
  }
});

/** A prefix under which each lane is on another master. */
async function spreadingPrefix({
  masters,
}: TestRedisCluster): Promise<{ prefix: string; masters: RedisMaster[] }> {
  for (;;) {
    const prefix = uniquePrefix();
    const of = await Promise.all(
      lanes.map(async (lane) => {
        const key = `{${prefix}:${laneQueueName(lane)}}`;
        const has = await Promise.all(masters.map((master) => master.has(key)));
        return masters[has.indexOf(true)] as RedisMaster;
      }),
    );
    if (new Set(of).size === lanes.length) return { prefix, masters: of };
  }
}
