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

const takeOverMsMax = 6_000;

describe.each(engines)('a frozen owner on the $name engine', ({ redisUrl }) => {
  let address: WorkerAddress;
  let database: TestDatabase;
  let sale: Sale;
  let workers: WorkerProcess[];

  beforeEach(async () => {
    database = await createTestDatabase();
    address = { databaseUrl: database.url, redisUrl, prefix: uniquePrefix(), laneCount: 1 };
    sale = await Sale.open({ ...address, sectionCount: 3, capacity: 500, requestsPerJobMax: 10 });
    workers = await Promise.all([WorkerProcess.start(address), WorkerProcess.start(address)]);
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, address.prefix);
  });

  /** Freezes the owner and waits until another worker has the lane; how long that took too. */
  async function freezeOwner(): Promise<{ frozen: WorkerProcess; takeOverMs: number }> {
    const { owner, epoch } = await ownerOf(database.url, 0, workers);
    const frozenMs = performance.now();
    owner.signal('SIGSTOP');
    await vi.waitFor(
      async () => {
        const now = await ownerOf(database.url, 0, workers);
        expect(now.epoch).toBeGreaterThan(epoch);
      },
      { timeout: 15_000, interval: 20 },
    );
    return { frozen: owner, takeOverMs: Math.round(performance.now() - frozenMs) };
  }

  test('loses its lane within 6 s, and when it wakes it changes nothing', async () => {
    const selling = sale.sell(3_000);
    await sale.decided(500);
    const { frozen, takeOverMs } = await freezeOwner();
    console.info(`From the freeze to the next owner: ${takeOverMs} ms.`);
    await sale.decided(1_500);
    frozen.signal('SIGCONT');
    await selling;
    await sale.sell(1_000);
    await sale.decided(4_000);
    expect(await sale.report()).toEqual(sound(4_000));
    expect(takeOverMs).toBeLessThan(takeOverMsMax);
  });

  test('that wakes with a request in its hands keeps nobody from being answered in turn', async () => {
    await sale.sell(30);
    await sale.decided(30);
    const { frozen } = await freezeOwner();
    // The frozen owner still waits for a job, and may be the first to be handed one.
    const selling = sale.sell(30);
    frozen.signal('SIGCONT');
    await selling;
    await sale.decided(60);
    expect(await sale.report()).toEqual(sound(60));
  });
});
