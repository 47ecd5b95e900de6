import { type BatchResult, decideBatch, type Inventory } from '@stile/core';
import {
  claimKeys,
  commitDecision,
  createDatabase,
  createDecisionClient,
  ensureLanes,
  insertEvent,
  type OpenDecision,
  openDecision,
  readSeats,
  takeLane,
} from '@stile/db';
import type { Queue } from 'bullmq';
import pg from 'pg';
import {
  defaultIntakeBounds,
  type Engine,
  encodeOutcomes,
  type IntakeBounds,
  LaneConsumer,
  LaneProducer,
  type LaneRequest,
  type NewCommand,
  OutcomeListener,
  openEngine,
  outcomeChannel,
  outcomeTuple,
  type TakenJob,
} from './index.js';

export const lane = 0;
export const processNumber = 7;
export const sectionId = '018f0000-0000-7000-8000-aaaa00000001';
const takeWaitMs = 2_000;

export interface LaneAddress {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
}

/** Puts a section of lane 0 on sale, in a database that has none. */
export async function createSection(databaseUrl: string, capacity: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const db = createDatabase(pool);
  await ensureLanes(db, 1);
  await insertEvent(db, {
    id: '018f0000-0000-7000-8000-eeee00000001',
    name: 'Open air',
    kind: null,
    currency: 'EUR',
    startsAt: null,
    sections: [{ id: sectionId, lane, name: 'Lawn', price: 2_500, capacity }],
  });
  await pool.end();
}

/** One lane with both of its ends: what api and worker open of it, in one process. */
export class TestLane {
  readonly queue: Queue;
  readonly outcomes: OutcomeListener;
  readonly pool: pg.Pool;
  /** Errors of connections, which a test may have caused. */
  readonly errors: Error[] = [];
  readonly #producing: Engine;
  readonly #consuming: Engine;
  readonly #consumers: LaneConsumer[] = [];

  static async open(address: LaneAddress): Promise<TestLane> {
    const errors: Error[] = [];
    const onError = (error: Error) => errors.push(error);
    const options = { ...address, onError };
    const producing = await openEngine({ ...options, role: 'producer' });
    const consuming = await openEngine({ ...options, role: 'consumer' });
    const opened = new TestLane(address.databaseUrl, producing, consuming, errors);
    await opened.outcomes.start();
    return opened;
  }

  private constructor(databaseUrl: string, producing: Engine, consuming: Engine, errors: Error[]) {
    this.#producing = producing;
    this.#consuming = consuming;
    this.errors = errors;
    this.queue = producing.queue(lane);
    this.pool = new pg.Pool({ connectionString: databaseUrl, application_name: 'test-lane' });
    this.pool.on('error', (error) => errors.push(error));
    this.outcomes = new OutcomeListener({
      ...{ databaseUrl, processNumber, pool: this.pool },
      onError: (error) => errors.push(error),
    });
  }

  producer(bounds: Partial<IntakeBounds> = {}): LaneProducer {
    const { queue, outcomes } = this;
    const allBounds = { ...defaultIntakeBounds, ...bounds };
    return new LaneProducer({
      ...{ lane, processNumber, queue, outcomes, bounds: allBounds },
      claimKeys: (claims) => claimKeys(this.pool, claims),
    });
  }

  /** A consumer as a lane's owner opens it; closed with the lane at the latest. */
  consumer(
    options: { jobsPerTakeMax?: number; takeWaitMs?: number; onForged?: (id: string) => void } = {},
  ): LaneConsumer {
    const bounds = { jobsPerTakeMax: 8, takeWaitMs, ...options };
    const consumer = new LaneConsumer({
      engine: this.#consuming,
      lane,
      queue: this.#consuming.queue(lane),
      bounds,
      token: `owner-${this.#consumers.length}`,
      onForged: options.onForged ?? (() => undefined),
    });
    this.#consumers.push(consumer);
    return consumer;
  }

  async close(): Promise<void> {
    for (const consumer of this.#consumers) await consumer.close();
    await this.outcomes.stop();
    await this.queue.close();
    await this.#consuming.close();
    await this.#producing.close();
    await this.pool.end();
  }
}

/** A request for one seat. */
export const bookOne = (): NewCommand => ({
  ...{ kind: 'book', sectionId, quantity: 1, acceptedAtUs: Date.now() * 1_000 },
});

/** Submits one command; resolves to its id when the queue has taken it. */
export const submitCommand = (
  producer: LaneProducer,
  command: NewCommand,
  onOutcome?: LaneRequest['onOutcome'],
): Promise<string> =>
  new Promise((onAccepted, onRefused) => {
    producer.submit({ command, onAccepted, onRefused, ...(onOutcome && { onOutcome }) });
  });

/** Submits requests for one seat each; resolves to their booking ids when all are taken. */
export const submit = (
  producer: LaneProducer,
  count: number,
  onOutcome?: LaneRequest['onOutcome'],
): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => submitCommand(producer, bookOne(), onOutcome)));

/** The ids of these jobs' commands, in order; those of requests to book are their bookings'. */
export const bookingIdsOf = (jobs: readonly TakenJob[]): string[] =>
  jobs.flatMap((job) => job.commands.map((command) => command.id));

/** Decides jobs as a worker does, and tells whoever waits. */
export async function decideTaken(
  databaseUrl: string,
  jobs: readonly TakenJob[],
): Promise<BatchResult> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const client = createDecisionClient(databaseUrl, 'test-decisions');
  await client.connect();
  try {
    const epoch = await takeLane(createDatabase(pool), lane, 'test');
    const commands = jobs.flatMap((job) => job.commands);
    const open = await openDecision(client, { lane, epoch, commands });
    if (open.kind === 'fenced') throw new Error('the lane was taken by somebody else');
    const result = decideBatch(await inventoriesOf(client, open), commands, open.nowUs);
    const outcomesOf = (job: TakenJob) => {
      const first = commands.indexOf(job.commands[0] as (typeof commands)[number]);
      return job.commands.map(({ kind }, n) =>
        outcomeTuple(kind === 'book', result.verdicts[first + n]),
      );
    };
    const notifications = jobs.flatMap((job) => {
      const channel = outcomeChannel(job.replyTo ?? 0);
      const payloads =
        job.replyTo === undefined ? [] : encodeOutcomes(job.id, open.nowUs, outcomesOf(job));
      return payloads.map((payload) => ({ channel, payload }));
    });
    const storedBefore = new Map(open.bookings.map((booking) => [booking.id, booking]));
    await commitDecision(client, { result, storedBefore, notifications });
    return result;
  } finally {
    await client.end();
    await pool.end();
  }
}

async function inventoriesOf(
  client: pg.Client,
  { sections, bookings }: OpenDecision,
): Promise<Map<string, Inventory>> {
  const inventories = new Map<string, Inventory>();
  for (const section of sections.values()) {
    const known = bookings.filter((booking) => booking.sectionId === section.id);
    inventories.set(section.id, {
      section,
      bookings: new Map(known.map((booking) => [booking.id, booking])),
      seatsOfUsers: new Map(),
      seats: section.seating === 'reserved' ? await readSeats(client, section.id) : undefined,
    });
  }
  return inventories;
}
