import { createDatabase, createDecisionClient, takeLane } from '@stile/db';
import { type Engine, LaneConsumer, openEngine, type TakenJob } from '@stile/queue';
import { createTestDatabase, type TestDatabase, uniquePrefix } from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BatchUnderWay } from './batch-under-way.js';
import { decideJobs } from './decide-jobs.js';
import { Sale, sectionIdOf, sound } from './sale.test-fixture.js';
import { SectionMemory } from './section-memory.js';

const lane = 0;
const requests = 8;

let database: TestDatabase;
let engine: Engine;
let sale: Sale;
let client: pg.Client;
/** Holds sections back from those who decide. */
let holder: pg.Client;
let consumer: LaneConsumer;
let epoch: number;
let memory: SectionMemory;
/** Jobs of one request each, for the two sections in turn. */
let jobs: TakenJob[];

beforeEach(async () => {
  database = await createTestDatabase();
  const address = { databaseUrl: database.url, redisUrl: undefined, prefix: uniquePrefix() };
  const sections = { laneCount: 1, sectionCount: 2, capacity: 20, requestsPerJobMax: 1 };
  sale = await Sale.open({ ...address, ...sections });
  engine = await openEngine({ ...address, role: 'consumer', onError: () => undefined });
  client = createDecisionClient(database.url, 'batch-under-way');
  holder = new pg.Client({ connectionString: database.url });
  await Promise.all([client.connect(), holder.connect()]);
  epoch = await takeLane(createDatabase(sale.pool), lane, 'test');
  consumer = new LaneConsumer({
    ...{ engine, lane, queue: engine.queue(lane), token: 'test', onForged: () => undefined },
    bounds: { jobsPerTakeMax: 100, takeWaitMs: 2_000 },
  });
  memory = new SectionMemory();
  await sale.sell(requests);
  jobs = [];
  while (jobs.length < requests) jobs.push(...(await consumer.take()));
});
afterEach(async () => {
  await Promise.all([client.end(), holder.end()]);
  await consumer.close();
  await engine.close();
  await sale.close();
  await database.drop();
});

const jobsAt = (...places: number[]) => places.map((place) => jobs[place] as TakenJob);

function start(
  jobs: readonly TakenJob[],
  before?: BatchUnderWay,
  remembering = memory,
): BatchUnderWay {
  return new BatchUnderWay(async (batch) => {
    const desk = { client, lane, epoch, memory: remembering, batch, before };
    await decideJobs(desk, jobs, Promise.resolve(true));
  });
}

async function hold(section: number): Promise<void> {
  await holder.query('BEGIN');
  await holder.query('SELECT FROM sections WHERE id = $1 FOR UPDATE', [sectionIdOf(section)]);
}

const letGo = () => holder.query('ROLLBACK');

async function waitsForLock(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect((await sale.pool.query(waiting)).rowCount).toBe(1));
}

async function expectAllDecided(): Promise<void> {
  await sale.decided(requests);
  expect(await sale.report()).toEqual(sound(requests));
}

test('a batch is sent behind one that is being stored, and decided from what that one leaves', async () => {
  await start(jobsAt(0, 1)).decided;
  await hold(0);
  const refused = vi.spyOn(memory, 'clear');
  const first = start(jobsAt(2, 3));
  await first.left;
  const second = start(jobsAt(4, 5, 6, 7), first);
  await second.left;
  expect((await sale.pool.query('SELECT FROM ledger')).rowCount).toBe(2);
  await letGo();
  await Promise.all([first.decided, second.decided]);
  await expectAllDecided();
  expect(refused).not.toHaveBeenCalled();
});

test('a batch is refused with the one it was sent behind, and decided after it', async () => {
  await start(jobsAt(0, 1, 3, 5, 7)).decided;
  await start(jobsAt(2), undefined, new SectionMemory()).decided;
  await hold(0);
  const first = start(jobsAt(4));
  await first.left;
  const second = start(jobsAt(6), first);
  await second.left;
  await letGo();
  await Promise.all([first.decided, second.decided]);
  await expectAllDecided();
});

test('a batch of other sections is refused with it too', async () => {
  await start(jobsAt(0, 1)).decided;
  await start(jobsAt(2), undefined, new SectionMemory()).decided;
  await hold(0);
  const first = start(jobsAt(4, 6));
  await first.left;
  const second = start(jobsAt(3, 5, 7), first);
  await second.left;
  await letGo();
  await Promise.all([first.decided, second.decided]);
  await expectAllDecided();
});

test('a batch is not sent while the one before is decided from what is read', async () => {
  await start(jobsAt(1)).decided;
  await hold(0);
  const first = start(jobsAt(0, 2, 4, 6));
  const second = start(jobsAt(3, 5, 7), first);
  let hasLeft = false;
  second.left.then(() => {
    hasLeft = true;
  });
  await waitsForLock();
  expect([first.canBeFollowed, hasLeft]).toEqual([false, false]);
  await letGo();
  await Promise.all([first.decided, second.decided]);
  await expectAllDecided();
});

test('a batch that was refused can not be followed while it is decided again', async () => {
  await start(jobsAt(0, 1)).decided;
  await hold(0);
  memory.clock.told((Date.now() + 3_600_000) * 1_000);
  const first = start(jobsAt(2, 3));
  await first.left;
  await waitsForLock();
  expect(first.canBeFollowed).toBe(false);
  const second = start(jobsAt(4, 5, 6, 7), first);
  await letGo();
  await Promise.all([first.decided, second.decided]);
  await expectAllDecided();
});

test('a batch fails with the one before when their connection is lost', async () => {
  await start(jobsAt(0, 1)).decided;
  await hold(0);
  client.on('error', () => undefined);
  const first = start(jobsAt(2, 3));
  await first.left;
  const second = start(jobsAt(4, 5), first);
  await second.left;
  client.connection.stream.destroy();
  await expect(first.decided).rejects.toThrow();
  await expect(second.decided).rejects.toThrow();
  await letGo();
});
