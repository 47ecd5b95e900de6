import {
  claimKeys,
  createDatabase,
  createDecisionClient,
  createPool,
  ensureLanes,
  insertEvent,
  takeLane,
} from '@stile/db';
import {
  defaultIntakeBounds,
  type Engine,
  LaneConsumer,
  LaneProducer,
  OutcomeListener,
  openEngine,
  type TakenJob,
} from '@stile/queue';
import {
  createTestDatabase,
  dropPrefix,
  type TestDatabase,
  type Engine as TestedEngine,
  uniquePrefix,
} from '@stile/testing';
import { decideJobs, type LaneDesk, SectionMemory } from '@stile/worker';
import type { Queue } from 'bullmq';
import type pg from 'pg';
import { History } from '../history.js';

const lane = 0;
const processNumber = 7;
const sectionId = '018f0000-0000-7000-8000-aaaa00000001';
const onError = () => undefined;

/** An owner of the lane, with what a worker decides with. */
export interface LaneOwnerUnderTest {
  readonly consumer: LaneConsumer;
  readonly client: pg.Client;
  readonly epoch: number;
}

/** One lane in this process whose guards a test can take away, and the history of its clients. */
export class LaneUnderTest {
  readonly history = new History();
  readonly pool: pg.Pool;
  readonly #database: TestDatabase;
  readonly #queue: Queue;
  readonly #engine: Engine;
  readonly #outcomes: OutcomeListener;
  readonly #prefix: string;
  readonly #tested: TestedEngine;
  readonly #owners: LaneOwnerUnderTest[] = [];

  static async open(tested: TestedEngine): Promise<LaneUnderTest> {
    const database = await createTestDatabase();
    const prefix = uniquePrefix();
    const { redisUrl } = tested;
    const options = { databaseUrl: database.url, redisUrl, prefix, laneCount: 1, onError };
    const engine = await openEngine({ ...options, role: 'consumer' });
    const opened = new LaneUnderTest(tested, database, prefix, engine);
    const db = createDatabase(opened.pool);
    await ensureLanes(db, 1);
    await insertEvent(db, {
      id: '018f0000-0000-7000-8000-eeee00000001',
      ...{ name: 'Open air', kind: null, currency: 'EUR', startsAt: null },
      sections: [{ id: sectionId, lane, name: 'Lawn', price: 2_500, capacity: 100 }],
    });
    await opened.#outcomes.start();
    return opened;
  }

  private constructor(
    tested: TestedEngine,
    database: TestDatabase,
    prefix: string,
    engine: Engine,
  ) {
    this.#tested = tested;
    this.#database = database;
    this.#prefix = prefix;
    this.#engine = engine;
    this.#queue = engine.queue(lane);
    const connection = { connectionString: database.url, max: 4, applicationName: 'controls' };
    this.pool = createPool({ ...connection, onError });
    const { pool } = this;
    this.#outcomes = new OutcomeListener({
      ...{ databaseUrl: database.url, pool, processNumber, onError },
    });
  }

  /**
   * Asks for a seat, one job for each request, and writes down what its client is told: that it is
   * accepted. Without its guard, the intake takes no notice of keys that were claimed before.
   */
  async submit(key: string, claims: { readonly areKept: boolean } = { areKept: true }) {
    const request =
      this.history.requests.find((one) => one.key === key) ??
      this.history.open({ sectionId, quantity: 1, key, sentMs: Date.now() });
    const producer = new LaneProducer({
      ...{ lane, processNumber: processNumber + this.history.requests.length },
      ...{ queue: this.#queue, outcomes: this.#outcomes, bounds: defaultIntakeBounds },
      claimKeys: async (made) => {
        const earlier = await claimKeys(this.pool, made);
        return claims.areKept ? earlier : made.map(() => undefined);
      },
    });
    const bookingId = await new Promise<string>((resolve, onRefused) => {
      const acceptedAtUs = Date.now() * 1_000;
      producer.submit({
        command: { kind: 'book', sectionId, quantity: 1, acceptedAtUs },
        idempotency: { caller: 'anonymous', key, fingerprint: 'the same' },
        onAccepted: resolve,
        onClaimed: (earlier) => resolve(earlier.bookingId),
        onRefused,
      });
    });
    request.observations.push({
      ...{ sentMs: request.sentMs, heardMs: Date.now(), bookingId, status: 'queued' },
    });
    // The checker compares milliseconds: the next request is another one's.
    while (Date.now() === request.observations.at(-1)?.heardMs) await new Promise(setImmediate);
  }

  /** A new owner takes the lane. */
  async takeOver(): Promise<LaneOwnerUnderTest> {
    const epoch = await takeLane(createDatabase(this.pool), lane, 'test');
    const client = createDecisionClient(this.#database.url, 'controls');
    await client.connect();
    const bounds = { jobsPerTakeMax: 1, takeWaitMs: 500 };
    const consumer = new LaneConsumer({
      ...{ engine: this.#engine, lane, queue: this.#queue, bounds, token: `${epoch}` },
      onForged: () => undefined,
    });
    const owner = { consumer, client, epoch };
    this.#owners.push(owner);
    return owner;
  }

  /** Decides the jobs and settles them, as a lane loop does. */
  async decide(
    { client, epoch }: LaneOwnerUnderTest,
    jobs: readonly TakenJob[],
    desk: Partial<LaneDesk> = {},
  ): Promise<void> {
    const memory = new SectionMemory();
    const { jobs: decided } = await decideJobs(
      { client, lane, epoch, memory, ...desk },
      jobs,
      Promise.resolve(true),
    );
    for (const { job, returnValue } of decided) await job.settle(returnValue);
  }

  async close(): Promise<void> {
    for (const { client, consumer } of this.#owners) {
      await client.end();
      await consumer.close();
    }
    await this.#outcomes.stop();
    await this.#queue.close();
    await this.#engine.close();
    await this.pool.end();
    await this.#database.drop();
    const { redisUrl } = this.#tested;
    if (redisUrl !== undefined) await dropPrefix(redisUrl, this.#prefix);
  }
}
