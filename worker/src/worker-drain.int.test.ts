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

const exitMsMax = 2_000;
/** One tick of ownership and the time to take the lane. */
const handOverMsMax = 1_000;

describe.each(engines)('a worker told to stop on the $name engine', ({ redisUrl }) => {
  let address: WorkerAddress;
  let database: TestDatabase;
  let sale: Sale;
  let workers: WorkerProcess[];

  beforeEach(async () => {
    database = await createTestDatabase();
    address = { databaseUrl: database.url, redisUrl, prefix: uniquePrefix(), laneCount: 2 };
    sale = await Sale.open({ ...address, sectionCount: 2, capacity: 500, requestsPerJobMax: 10 });
    workers = [await WorkerProcess.start(address)];
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, address.prefix);
  });

  test('exits with 0 within 2 s when it is idle', async () => {
    await sale.sell(20);
    await sale.decided(20);
    const startedMs = Date.now();
    const { code, atMs } = await (workers.pop() as WorkerProcess).end('SIGTERM');
    expect(code).toBe(0);
    expect(atMs - startedMs).toBeLessThan(exitMsMax);
  });

  test('exits with 0 within 2 s right after it started', async () => {
    const startedMs = Date.now();
    const { code, atMs } = await (workers.pop() as WorkerProcess).end('SIGTERM');
    expect(code).toBe(0);
    expect(atMs - startedMs).toBeLessThan(exitMsMax);
  });

  test('finishes what it has in hand and leaves its lanes to another', async () => {
    workers.push(await WorkerProcess.start(address));
    const selling = sale.sell(2_000);
    await sale.decided(500);
    const { owner, epoch } = await ownerOf(database.url, 0, workers);
    workers.splice(workers.indexOf(owner), 1);
    const { code, atMs } = await owner.end('SIGTERM');
    await vi.waitFor(
      async () => expect((await ownerOf(database.url, 0, workers)).epoch).toBe(epoch + 1),
      { timeout: 5_000, interval: 10 },
    );
    expect(Date.now() - atMs).toBeLessThan(handOverMsMax);
    expect(code).toBe(0);
    await selling;
    await sale.decided(2_000);
    expect(await sale.report()).toEqual(sound(2_000));
  });

  test('leaves no job behind that looks as if somebody worked on it', async () => {
    const selling = sale.sell(1_000);
    await sale.decided(200);
    await (workers.pop() as WorkerProcess).end('SIGTERM');
    await selling;
    for (const lane of [0, 1]) {
      const queue = sale.engine.queue(lane);
      expect(await queue.getActiveCount()).toBe(0);
      await queue.close();
    }
  });
});
