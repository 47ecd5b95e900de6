import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sale, sound } from './sale.test-fixture.js';
import { ownerOf, type WorkerAddress, WorkerProcess } from './worker-process.test-fixture.js';

const kills = 4;
/** Decided before each kill, and after the last. */
const requestsBetween = 700;
/** Waiting to be decided at most, so that there is always somebody for the next owner to serve. */
const aheadMax = 500;
const takeOverMsMax = 2_000;

describe.each(engines)(
  'an owner killed in the middle of a sale on the $name engine',
  ({ redisUrl }) => {
    let address: WorkerAddress;
    let database: TestDatabase;
    let sale: Sale;
    let workers: WorkerProcess[];

    beforeEach(async () => {
      database = await createTestDatabase();
      address = { databaseUrl: database.url, redisUrl, prefix: uniquePrefix(), laneCount: 2 };
      sale = await Sale.open({ ...address, sectionCount: 5, capacity: 500, requestsPerJobMax: 10 });
      workers = await Promise.all([WorkerProcess.start(address), WorkerProcess.start(address)]);
    });
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
      await sale.close();
      await database.drop();
      if (redisUrl) await dropPrefix(redisUrl, address.prefix);
    });

    /** Milliseconds from then to the first decision in the lane that began after the old owner ended. */
    const firstDecisionAfter = (fromMs: number, endedMs: number): Promise<number> =>
      vi.waitFor(
        async () => {
          const { rows } = await sale.pool.query<{ at_ms: string | null }>(
            `SELECT extract(epoch FROM min(decided_at)) * 1000 AS at_ms
             FROM ledger JOIN sections ON sections.id = section_id
            WHERE lane = 0 AND decided_at > to_timestamp($1 / 1000.0)`,
            [endedMs],
          );
          expect(rows[0]?.at_ms).not.toBeNull();
          return Number(rows[0]?.at_ms) - fromMs;
        },
        { timeout: 10_000, interval: 20 },
      );

    test('loses no request, decides none twice, keeps the order and is replaced within 2 s', async () => {
      const takeOversMs: number[] = [];
      const stopping = new AbortController();
      const selling = sale.sellUntil(stopping.signal, aheadMax);
      for (let kill = 0; kill < kills; kill++) {
        await sale.decidedMore(requestsBetween);
        const { owner } = await ownerOf(database.url, 0, workers);
        workers.splice(workers.indexOf(owner), 1);
        const killedMs = Date.now();
        const { signal, atMs } = await owner.end('SIGKILL');
        expect(signal).toBe('SIGKILL');
        const [takeOverMs, replacement] = await Promise.all([
          firstDecisionAfter(killedMs, atMs),
          WorkerProcess.start(address),
        ]);
        takeOversMs.push(Math.round(takeOverMs));
        workers.push(replacement);
      }
      await sale.decidedMore(requestsBetween);
      stopping.abort();
      await selling;
      await sale.decided(sale.accepted);
      expect(sale.accepted).toBeGreaterThan(kills * requestsBetween);
      expect(await sale.report()).toEqual(sound(sale.accepted));
      console.info(
        `From the kill to the next owner's first decision: ${takeOversMs.join(', ')} ms.`,
      );
      expect(Math.max(...takeOversMs)).toBeLessThan(takeOverMsMax);
    });
  },
);
