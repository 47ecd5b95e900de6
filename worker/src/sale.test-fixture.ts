import { auditDatabase } from '@stile/audit';
import { claimKeys, createDatabase, ensureLanes, insertEvent } from '@stile/db';
import {
  createAcceptanceClock,
  defaultIntakeBounds,
  type Engine,
  LaneProducer,
  type NewCommand,
  type Outcome,
  OutcomeListener,
  openEngine,
} from '@stile/queue';
import type { Queue } from 'bullmq';
import pg from 'pg';

export interface SaleOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
  readonly laneCount: number;
  readonly sectionCount: number;
  /** Seats of each section. */
  readonly capacity: number;
  readonly requestsPerJobMax: number;
}

type WithoutAcceptedAt<C> = C extends NewCommand ? Omit<C, 'acceptedAtUs'> : never;

/** What became of a sale; `sound` says what it must be. */
export interface SaleReport {
  /** Requests that the queue took. */
  readonly accepted: number;
  readonly decided: number;
  /** Requests whose clients heard nothing, or more than once. */
  readonly notToldOnce: number;
  /** Places of the ledger where another booking stands than was submitted in that place. */
  readonly outOfOrder: number;
  readonly audit: 'clean' | 'broken';
}

export const sound = (requests: number): SaleReport => ({
  accepted: requests,
  decided: requests,
  notToldOnce: 0,
  outOfOrder: 0,
  audit: 'clean',
});

export const sectionIdOf = (n: number): string => `018f0000-0000-7000-8000-aaaa0000000${n}`;
const requestsPerBurst = 50;

/**
 * What one api process does in a sale: submits requests for one seat each to the sections in turn,
 * and hears the outcomes. Remembers who came when, so that it can say whether all was in order.
 */
export class Sale {
  readonly pool: pg.Pool;
  readonly engine: Engine;
  /** Booking ids in the order of submission, by section. */
  readonly #submitted = new Map<string, string[]>();
  readonly #told = new Map<string, number>();
  readonly #outcomes: OutcomeListener;
  readonly #producers: LaneProducer[] = [];
  readonly #queues: Queue[] = [];
  readonly #nextAcceptedAtUs = createAcceptanceClock();
  #awaited: { count: number; resolve: () => void }[] = [];

  static async open(options: SaleOptions): Promise<Sale> {
    const { databaseUrl, laneCount } = options;
    const pool = new pg.Pool({ connectionString: databaseUrl, application_name: 'sale' });
    pool.on('error', () => undefined);
    const db = createDatabase(pool);
    await ensureLanes(db, laneCount);
    await insertEvent(db, {
      id: '018f0000-0000-7000-8000-eeee00000001',
      name: 'Open air',
      kind: null,
      currency: 'EUR',
      startsAt: null,
      sections: Array.from({ length: options.sectionCount }, (_, n) => ({
        ...{ id: sectionIdOf(n), lane: n % laneCount, name: `S${n}`, price: 2_500 },
        capacity: options.capacity,
      })),
    });
    const onError = () => undefined;
    const engine = await openEngine({ ...options, role: 'producer', onError });
    const sale = new Sale(options, pool, engine);
    await sale.#outcomes.start();
    return sale;
  }

  private constructor(options: SaleOptions, pool: pg.Pool, engine: Engine) {
    const { databaseUrl, laneCount, sectionCount, requestsPerJobMax } = options;
    this.pool = pool;
    this.engine = engine;
    const processNumber = 7;
    const onError = () => undefined;
    const outcomes = new OutcomeListener({ databaseUrl, pool, processNumber, onError });
    this.#outcomes = outcomes;
    const bounds = { ...defaultIntakeBounds, requestsPerJobMax, lingerMs: 0, backlogJobsMax: 1e6 };
    for (let lane = 0; lane < laneCount; lane++) {
      const queue = engine.queue(lane);
      this.#queues.push(queue);
      this.#producers.push(
        new LaneProducer({
          ...{ lane, processNumber, queue, outcomes, bounds },
          claimKeys: (claims) => claimKeys(pool, claims),
        }),
      );
    }
    for (let n = 0; n < sectionCount; n++) this.#submitted.set(sectionIdOf(n), []);
  }

  /** Submits so many requests, a burst at a time; resolves when the queue has taken them all. */
  async sell(requests: number): Promise<void> {
    for (let done = 0; done < requests; done += requestsPerBurst) {
      const burst = Math.min(requestsPerBurst, requests - done);
      await Promise.all(Array.from({ length: burst }, (_, n) => this.#submit(done + n)));
    }
  }

  /** Sells until it is told to stop, never more than so many requests ahead of the decisions. */
  async sellUntil(signal: AbortSignal, aheadMax: number): Promise<void> {
    while (!signal.aborted) {
      await this.sell(requestsPerBurst);
      await this.decided(this.accepted - aheadMax);
    }
  }

  get accepted(): number {
    return [...this.#submitted.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Resolves when so many more outcomes have been heard than now. */
  decidedMore(count: number): Promise<void> {
    return this.decided(this.#told.size + count);
  }

  /** Asks one thing of a section's lane; resolves to its id and what became of it. */
  ask(command: WithoutAcceptedAt<NewCommand>): Promise<{ id: string; outcome: Outcome }> {
    const lane = [...this.#submitted.keys()].indexOf(command.sectionId) % this.#producers.length;
    return new Promise((resolve, onRefused) => {
      this.#producers[lane]?.submit({
        command: { ...command, acceptedAtUs: this.#nextAcceptedAtUs() },
        onAccepted: () => undefined,
        onRefused,
        onOutcome: (id, outcome) => resolve({ id, outcome }),
      });
    });
  }

  /** Resolves when the outcomes of so many requests have been heard. */
  decided(count: number): Promise<void> {
    if (this.#told.size >= count) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.push({ count, resolve }));
  }

  async report(): Promise<SaleReport> {
    const { rows } = await this.pool.query<{ section_id: string; booking_ids: string[] }>(
      `SELECT section_id, array_agg(booking_id ORDER BY sequence) AS booking_ids
         FROM ledger GROUP BY section_id`,
    );
    const ledger = new Map(rows.map((row) => [row.section_id, row.booking_ids]));
    const accepted = [...this.#submitted.values()].flat();
    const outOfOrder = [...this.#submitted].flatMap(([sectionId, bookingIds]) =>
      bookingIds.filter((bookingId, n) => ledger.get(sectionId)?.[n] !== bookingId),
    );
    return {
      accepted: accepted.length,
      decided: [...ledger.values()].flat().length,
      notToldOnce: accepted.filter((bookingId) => this.#told.get(bookingId) !== 1).length,
      outOfOrder: outOfOrder.length,
      audit: (await auditDatabase(this.pool)).kind,
    };
  }

  async close(): Promise<void> {
    await this.#outcomes.stop();
    for (const queue of this.#queues) await queue.close();
    await this.engine.close();
    await this.pool.end();
  }

  #submit(n: number): Promise<void> {
    const sections = [...this.#submitted];
    const index = n % sections.length;
    const [sectionId, bookingIds] = sections[index] as [string, string[]];
    return new Promise((resolve, reject) => {
      this.#producers[index % this.#producers.length]?.submit({
        command: { kind: 'book', sectionId, quantity: 1, acceptedAtUs: this.#nextAcceptedAtUs() },
        // The queue accepts in the order of submission, so this is that order.
        onAccepted: (bookingId) => {
          bookingIds.push(bookingId);
          resolve();
        },
        onRefused: reject,
        onOutcome: (bookingId) => this.#onOutcome(bookingId),
      });
    });
  }

  #onOutcome(bookingId: string): void {
    this.#told.set(bookingId, (this.#told.get(bookingId) ?? 0) + 1);
    const isReached = ({ count }: { count: number }) => this.#told.size >= count;
    for (const { resolve } of this.#awaited.filter(isReached)) resolve();
    this.#awaited = this.#awaited.filter((awaited) => !isReached(awaited));
  }
}
