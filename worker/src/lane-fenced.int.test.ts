import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig, type StileWorker, startWorker } from './index.js';
import { Sale, sound } from './sale.test-fixture.js';

describe.each(engines)('a worker on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let sale: Sale;
  let worker: StileWorker;

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    const address = { databaseUrl: database.url, redisUrl, prefix, laneCount: 1 };
    sale = await Sale.open({ ...address, sectionCount: 1, capacity: 100, requestsPerJobMax: 10 });
    const environment = { DATABASE_URL: database.url, QUEUE_PREFIX: prefix, LANES: '1' };
    const config = { ...readConfig({ ...environment, TAKE_WAIT_MS: '500' }), redisUrl };
    worker = await startWorker(config, pino({ level: 'silent' }));
  });
  afterEach(async () => {
    await worker.stop();
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  test('takes a lane anew whose epoch was raised by nobody who has it', async () => {
    await sale.sell(20);
    await sale.decided(20);
    await sale.pool.query('UPDATE lanes SET epoch = epoch + 1');
    await sale.sell(20);
    await sale.decided(40);
    expect(await sale.report()).toEqual(sound(40));
    expect(worker.lanes).toEqual([0]);
  });
});
