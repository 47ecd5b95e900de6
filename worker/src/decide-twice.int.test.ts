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
import { type DecidedJob, decideJobs, FencedError } from './decide-jobs.js';
import { Sale, sound } from './sale.test-fixture.js';
import { SectionMemory } from './section-memory.js';

const lane = 0;
const requests = 60;

interface Owner {
  readonly consumer: LaneConsumer;
  readonly epoch: number;
  readonly memory: SectionMemory;
}

describe.each(engines)('jobs on the $name engine', ({ redisUrl }) => {
  let prefix: string;
  let database: TestDatabase;
  let engine: Engine;
  let sale: Sale;
  let client: pg.Client;
  let owners: Owner[];

  beforeEach(async () => {
    prefix = uniquePrefix();
    database = await createTestDatabase();
    const address = { databaseUrl: database.url, redisUrl, prefix, laneCount: 1 };
    sale = await Sale.open({ ...address, sectionCount: 2, capacity: 20, requestsPerJobMax: 10 });
    engine = await openEngine({ ...address, role: 'consumer', onError: () => undefined });
    client = createDecisionClient(database.url, 'decide-twice');
    await client.connect();
    owners = [];
  });
  afterEach(async () => {
    await client.end();
    await Promise.all(owners.map(({ consumer }) => consumer.close()));
    await engine.close();
    await sale.close();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** What the next owner of the lane works with. */
  async function openOwner(): Promise<Owner> {
    const epoch = await takeLane(createDatabase(sale.pool), lane, 'test');
    const bounds = { jobsPerTakeMax: 100, takeWaitMs: 2_000 };
    const queue = engine.queue(lane);
    const onForged = () => undefined;
    const consumer = new LaneConsumer({ engine, lane, queue, bounds, token: `${epoch}`, onForged });
    const owner = { consumer, epoch, memory: new SectionMemory() };
    owners.push(owner);
    return owner;
  }

  async function takeAll(consumer: LaneConsumer): Promise<TakenJob[]> {
    const jobs: TakenJob[] = [];
    while (jobs.length < requests / 10) jobs.push(...(await consumer.take()));
    return jobs;
  }

  async function decide(
    { consumer, epoch, memory }: Owner,
    jobs: readonly TakenJob[],
  ): Promise<readonly DecidedJob[]> {
    const desk = { client, lane, epoch, memory };
    return (await decideJobs(desk, jobs, consumer.isInOrder())).jobs;
  }

  /** Without the seats that were left then: a decision that is found again no longer tells. */
  const toldBy = (decided: readonly DecidedJob[]) =>
    decided.map(({ job, returnValue }) => {
      const tuples = returnValue as (readonly unknown[])[];
      return [job.id, tuples.map(([outcome, sequence, price]) => [outcome, sequence, price])];
    });

  const readLedger = async () =>
    (await sale.pool.query('SELECT * FROM ledger ORDER BY section_id, sequence')).rows;

  test('decided but not settled when their owner died get the same verdicts again', async () => {
    await sale.sell(requests);
    const dying = await openOwner();
    const jobs = await takeAll(dying.consumer);
    const first = await decide(dying, jobs);
    const ledger = await readLedger();
    await dying.consumer.close();

    const next = await openOwner();
    const second = await decide(next, await next.consumer.adopt());
    expect(toldBy(second)).toEqual(toldBy(first));
    expect(await readLedger()).toEqual(ledger);
    for (const { job, returnValue } of second) await job.settle(returnValue);
    expect(await next.consumer.adopt()).toEqual([]);
    await sale.decided(requests);
    expect(await sale.report()).toEqual(sound(requests));
  });

  test('half decided when their owner died are decided to the end, in order', async () => {
    await sale.sell(requests);
    const dying = await openOwner();
    const jobs = await takeAll(dying.consumer);
    await decide(dying, jobs.slice(0, 3));
    await dying.consumer.close();

    const next = await openOwner();
    const decided = await decide(next, await next.consumer.adopt());
    expect(decided.map(({ job }) => job.id)).toEqual(jobs.map(({ id }) => id));
    await sale.decided(requests);
    expect(await sale.report()).toEqual(sound(requests));
  });

  test('decided again by an owner that remembers their sections get the same verdicts', async () => {
    await sale.sell(requests);
    const owner = await openOwner();
    const jobs = await takeAll(owner.consumer);
    const first = await decide(owner, jobs);
    const ledger = await readLedger();
    expect(toldBy(await decide(owner, jobs))).toEqual(toldBy(first));
    expect(await readLedger()).toEqual(ledger);
  });

  test.each([
    ['that remembers nothing', 0],
    ['that remembers their sections', 3],
  ])(
    'in the hands of an owner %s, whose lane was taken, are not decided by it',
    async (_, known) => {
      await sale.sell(requests);
      const stale = await openOwner();
      const jobs = await takeAll(stale.consumer);
      await decide(stale, jobs.slice(0, known));
      const ledger = await readLedger();
      const next = await openOwner();
      const late = decide(stale, jobs.slice(known));
      await expect(late).rejects.toBeInstanceOf(FencedError);
      expect(await readLedger()).toEqual(ledger);
      await decide(next, await next.consumer.adopt());
      await sale.decided(requests);
      expect(await sale.report()).toEqual(sound(requests));
    },
  );

  test('are decided in the database’s time though its clock was set back', async () => {
    await sale.sell(requests);
    const owner = await openOwner();
    const jobs = await takeAll(owner.consumer);
    await decide(owner, jobs.slice(0, 3));
    owner.memory.clock.told((Date.now() + 3_600_000) * 1000);
    await decide(owner, jobs.slice(3));
    await sale.decided(requests);
    const { rows } = await sale.pool.query('SELECT FROM ledger WHERE decided_at > now()');
    expect(rows).toEqual([]);
    expect(await sale.report()).toEqual(sound(requests));
  });
});
