import {
  type CuttableProxy,
  createTestDatabase,
  dropPrefix,
  engines,
  startCuttableProxy,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sale, sound } from './sale.test-fixture.js';
import { ownerOf, type WorkerAddress, WorkerProcess } from './worker-process.test-fixture.js';

const lanes = [0, 1];
const moveMsMax = 15_000;

describe.each(engines)('two workers, one of them behind a network, on $name', ({ redisUrl }) => {
  let address: WorkerAddress;
  let database: TestDatabase;
  let network: CuttableProxy;
  let sale: Sale;
  let workers: WorkerProcess[];

  beforeEach(async () => {
    database = await createTestDatabase();
    network = await startCuttableProxy(redisUrl ?? database.url);
    const prefix = uniquePrefix();
    address = { databaseUrl: database.url, redisUrl, prefix, laneCount: lanes.length };
    sale = await Sale.open({ ...address, sectionCount: 2, capacity: 500, requestsPerJobMax: 10 });
    const queue = redisUrl ? { redisUrl: network.url } : { databaseUrl: network.url };
    workers = [
      await WorkerProcess.start({ ...address, ...queue }),
      await WorkerProcess.start(address),
    ];
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    await network.cut();
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, address.prefix);
  });

  /** Waits until the lanes are these workers'. */
  const expectOwners = (owners: readonly (WorkerProcess | undefined)[]): Promise<void> =>
    vi.waitFor(
      async () => {
        const now = await Promise.all(lanes.map((lane) => ownerOf(database.url, lane, workers)));
        expect(new Set(now.map(({ owner }) => owner))).toEqual(new Set(owners));
      },
      { timeout: moveMsMax, interval: 50 },
    );

  test('share the lanes, but not while that one can’t reach the queue', async () => {
    const [behind, other] = workers;
    await expectOwners([behind, other]);
    await sale.sell(100);
    await sale.decided(100);

    await network.cut();
    await sale.sell(100);
    await expectOwners([other]);
    await sale.decided(200);

    await network.restore();
    await expectOwners([behind, other]);
    await sale.sell(100);
    await sale.decided(300);
    expect(await sale.report()).toEqual(sound(300));
  });
});
