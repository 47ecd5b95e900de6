import { createDatabase, takeLane } from '@stile/db';
import { type Engine, openEngine } from '@stile/queue';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import type { Job, Worker } from 'bullmq';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LaneLoop } from './lane-loop.js';
import { Sale, sectionIdOf, sound } from './sale.test-fixture.js';

const lane = 0;
const logger = pino({ level: 'silent' });

describe.each(engines)('a lane loop on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let engine: Engine;
  let sale: Sale;
  let loops: LaneLoop[];

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    const address = { databaseUrl: database.url, redisUrl, prefix, laneCount: 1 };
    sale = await Sale.open({ ...address, sectionCount: 3, capacity: 100, requestsPerJobMax: 10 });
    engine = await openEngine({ ...address, role: 'consumer', onError: () => undefined });
    loops = [];
  });
  afterEach(async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await engine.close();
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** Starts the loop of a new owner of the lane, and leaves those before it running. */
  async function startLoop(takeFrom: Engine = engine): Promise<LaneLoop> {
    const db = createDatabase(sale.pool);
    const epoch = await takeLane(db, lane, `owner-${loops.length}`);
    const bounds = { jobsPerTakeMax: 8, takeWaitMs: 500 };
    const databaseUrl = database.url;
    const loop = new LaneLoop({
      ...{ lane, epoch, databaseUrl, db, processNumber: 8 + loops.length, bounds, logger },
      engine: takeFrom,
    });
    loops.push(loop);
    loop.start();
    return loop;
  }

  async function activeJobs(): Promise<number> {
    const queue = engine.queue(lane);
    const count = await queue.getActiveCount();
    await queue.close();
    return count;
  }

  test('decides a section’s requests in the order they were submitted', async () => {
    const selling = sale.sell(600);
    await startLoop();
    await selling;
    await sale.decided(600);
    expect(await sale.report()).toEqual(sound(600));
  });

  test('that the queue hands its jobs in another order decides them in theirs all the same', async () => {
    await sale.sell(600);
    await startLoop(shuffling(engine));
    await sale.decided(600);
    expect(await sale.report()).toEqual(sound(600));
  });

  test('whose predecessor still takes jobs, and is fenced off, decides those too', async () => {
    for (let owner = 0; owner < 3; owner++) {
      await startLoop();
      await sale.sell(10);
      await sale.decided(10 * (owner + 1));
    }
    for (let burst = 1; burst <= 5; burst++) {
      await sale.sell(10);
      await sale.decided(30 + 10 * burst);
    }
    expect(await sale.report()).toEqual(sound(80));
  });

  test('finds out about a seat that was taken behind its back, and goes on', async () => {
    const rows = JSON.stringify([{ row: 'A', seats: 100 }]);
    await sale.pool.query(`UPDATE sections SET seating = 'reserved', seat_rows = $1`, [rows]);
    await startLoop();
    const sectionId = sectionIdOf(0);
    const book = async (seat: string) => {
      const seats = [seat];
      return (await sale.ask({ kind: 'book', sectionId, quantity: 1, seats })).outcome;
    };
    expect(await book('A-1')).toMatchObject({ status: 'confirmed' });
    await sale.pool.query(
      `INSERT INTO seats SELECT section_id, 'A-2', booking_id FROM seats WHERE label = 'A-1'`,
    );
    expect(await book('A-2')).toMatchObject({ status: 'rejected', reason: 'seat_taken' });
    expect(await book('A-3')).toMatchObject({ status: 'confirmed', sequence: 3 });
  });

  test('that can not settle some jobs at first goes on, and settles them later', async () => {
    await sale.sell(1_500);
    const settling = watchSettling(engine, 5);
    await startLoop(settling.engine);
    await sale.decided(1_500);
    expect(await sale.report()).toEqual(sound(1_500));
    await vi.waitFor(async () => expect(await activeJobs()).toBe(0));
    // Two at once could deadlock on PostgreSQL.
    expect(settling.seen).toEqual({ failed: 5, atOnceMax: 1 });
  });

  test('that is stopped twice, or before it started, has let go of everything', async () => {
    const loop = await startLoop();
    await sale.sell(30);
    await Promise.all([loop.stop(), loop.stop()]);
    const never = await startLoop();
    await never.stop();
    await startLoop();
    await sale.decided(30);
    expect(await sale.report()).toEqual(sound(30));
  });
});

/** The same engine, but its workers hand out the jobs that wait in another order. */
function shuffling(engine: Engine): Engine {
  return {
    ...engine,
    worker: (lane, takeWaitMs) => {
      const worker: Worker = engine.worker(lane, takeWaitMs);
      const fetch = worker.getNextJob.bind(worker);
      const waiting: Job[] = [];
      worker.getNextJob = async (token, options) => {
        while (waiting.length < 6) {
          const job = await fetch(token, {
            block: waiting.length === 0 && options?.block === true,
          });
          if (job === undefined) break;
          waiting.push(job);
        }
        return waiting.pop() as Job;
      };
      return worker;
    },
  };
}

/** The same engine, but the first attempts to settle a job fail; counts how many go on at once. */
function watchSettling(engine: Engine, failures: number) {
  const seen = { failed: 0, atOnceMax: 0 };
  let atOnce = 0;
  const settleWith = (job: Job): Job => {
    const moveToCompleted = job.moveToCompleted.bind(job);
    job.moveToCompleted = async (...args) => {
      seen.atOnceMax = Math.max(seen.atOnceMax, ++atOnce);
      try {
        if (seen.failed < failures) {
          seen.failed++;
          throw new Error('the server did not answer');
        }
        return await moveToCompleted(...args);
      } finally {
        atOnce--;
      }
    };
    return job;
  };
  const watched: Engine = {
    ...engine,
    worker: (lane, takeWaitMs) => {
      const worker = engine.worker(lane, takeWaitMs);
      const fetch = worker.getNextJob.bind(worker);
      worker.getNextJob = async (token, options) => {
        const job = await fetch(token, options);
        return job === undefined ? (undefined as unknown as Job) : settleWith(job);
      };
      return worker;
    },
  };
  return { engine: watched, seen };
}
