import { createDatabase, createDecisionClient, takeLane } from '@stile/db';
import { type Engine, LaneConsumer, openEngine, type TakenJob } from '@stile/queue';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decideJobs } from './decide-jobs.js';
import { Sale, sound } from './sale.test-fixture.js';
import { SectionMemory } from './section-memory.js';
import { type WorkerAddress, WorkerProcess } from './worker-process.test-fixture.js';

const requests = 3_000;

describe.each(engines)(
  'requests submitted one after another on the $name engine',
  ({ redisUrl }) => {
    let address: WorkerAddress;
    let database: TestDatabase;
    let engine: Engine;
    let sale: Sale;
    let client: pg.Client;

    beforeEach(async () => {
      database = await createTestDatabase();
      address = { databaseUrl: database.url, redisUrl, prefix: uniquePrefix(), laneCount: 2 };
      sale = await Sale.open({ ...address, sectionCount: 6, capacity: 300, requestsPerJobMax: 10 });
      engine = await openEngine({ ...address, role: 'consumer', onError: () => undefined });
      client = createDecisionClient(database.url, 'order-test');
      await client.connect();
    });
    afterEach(async () => {
      await client.end();
      await engine.close();
      await sale.close();
      await database.drop();
      if (redisUrl) await dropPrefix(redisUrl, address.prefix);
    });

    test('are decided in that order by two workers, in every section', async () => {
      const workers = [await WorkerProcess.start(address), await WorkerProcess.start(address)];
      await sale.sell(requests);
      await sale.decided(requests);
      await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
      expect(await sale.report()).toEqual(sound(requests));
    });

    /** Works a lane off, with what each take brought put into another order. */
    async function workOff(lane: number, reorder: (jobs: TakenJob[]) => TakenJob[]): Promise<void> {
      const epoch = await takeLane(createDatabase(sale.pool), lane, 'test');
      const bounds = { jobsPerTakeMax: 8, takeWaitMs: 100 };
      const queue = engine.queue(lane);
      const onForged = () => undefined;
      const consumer = new LaneConsumer({
        engine,
        lane,
        queue,
        bounds,
        token: `${epoch}`,
        onForged,
      });
      const desk = { client, lane, epoch, memory: new SectionMemory() };
      let jobs = await consumer.take();
      while (jobs.length > 0) {
        const decided = await decideJobs(desk, reorder(jobs), consumer.isInOrder());
        for (const { job, returnValue } of decided.jobs) await job.settle(returnValue);
        jobs = await consumer.take();
      }
      await consumer.close();
    }

    test.each<[string, (jobs: TakenJob[]) => TakenJob[], boolean]>([
      ['finds nothing out of order when takes are decided as they came', (jobs) => jobs, true],
      ['does find it when each take is decided backwards', (jobs) => jobs.toReversed(), false],
    ])('the check of that order %s', async (_what, reorder, isInOrder) => {
      await sale.sell(600);
      await workOff(0, reorder);
      await workOff(1, reorder);
      await sale.decided(600);
      const { outOfOrder, audit, ...rest } = await sale.report();
      expect(rest).toEqual({ accepted: 600, decided: 600, notToldOnce: 0 });
      expect(outOfOrder === 0).toBe(isInOrder);
      expect(audit).toBe(isInOrder ? 'clean' : 'broken');
    });
  },
);
