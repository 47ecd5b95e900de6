import { setTimeout as delay } from 'node:timers/promises';
import { createDecisionClient, type Database, isStoredAlready } from '@stile/db';
import {
  type Engine,
  LaneConsumer,
  type TakeBounds,
  type TakenJob,
  TimeLimitError,
  within,
} from '@stile/queue';
import type { Queue } from 'bullmq';
import type pg from 'pg';
import type { Logger } from 'pino';
import { BatchUnderWay } from './batch-under-way.js';
import { decideIsolating } from './decide-isolating.js';
import {
  type CommittedBatch,
  type DecidedJob,
  FencedError,
  type LaneDesk,
  PassedOverError,
} from './decide-jobs.js';
import { HoldExpiry } from './hold-expiry.js';
import type { LaneTrouble } from './lane-metrics.js';
import { SectionMemory } from './section-memory.js';
import { Settling } from './settling.js';

export interface LaneLoopOptions {
  readonly lane: number;
  /** The epoch under which this worker owns the lane. */
  readonly epoch: number;
  readonly databaseUrl: string;
  readonly db: Database;
  /** Numbers this worker in the ids of the jobs it makes itself. */
  readonly processNumber: number;
  readonly engine: Engine;
  readonly bounds: TakeBounds;
  readonly logger: Logger;
  /** Told of each committed batch; must not throw. */
  readonly onCommitted?: (batch: CommittedBatch) => void;
  /** Told of what kept the loop from simply going on. */
  readonly onTrouble?: (cause: LaneTrouble) => void;
}

const retryDelayMs = 200;
/** Shorter than the owner's session may be idle: one slow lane must not cost it the others. */
const stopDeadlineMs = 2_000;
/**
 * Deciding what was taken takes a few hundred ms at most, unless PostgreSQL or the cable to it is
 * gone without a word: then the connection is given up, and the batch decided on another.
 */
const decideMsMax = 20_000;

/**
 * Works off one lane for as long as its worker owns it.
 *
 * States: adopting → taking → deciding → taking …; any failure leads back to adopting, so that
 * what was in hand comes first again, in order; so does a job that was passed over. While jobs wait,
 * the next are taken and decided as the last decision is stored. Settling runs beside the next take:
 * the outcome is already on its way, and a job that could not be settled is adopted and only decided
 * again.
 */
export class LaneLoop {
  readonly #options: LaneLoopOptions;
  readonly #stopping = new AbortController();
  readonly #queue: Queue;
  #consumer: LaneConsumer | undefined;
  #client: pg.Client | undefined;
  readonly #memory = new SectionMemory();
  readonly #expiry: HoldExpiry;
  /** The batch that was taken last, until the loop knows what became of it. */
  #underWay: BatchUnderWay | undefined;
  readonly #settling = new Settling();
  #running: Promise<void> | undefined;

  constructor(options: LaneLoopOptions) {
    this.#options = options;
    const { lane, db, processNumber, engine, logger } = options;
    this.#queue = engine.queue(lane);
    this.#expiry = new HoldExpiry({ lane, db, processNumber, queue: this.#queue, logger });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /**
   * Finishes the batch in hand, settles it and closes. Gives up after 2 s, when a server doesn't
   * answer: what is in hand is then for the next owner to adopt. Safe to call twice.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#consumer?.interrupt().catch(() => undefined);
    const deadline = new AbortController();
    const late = delay(stopDeadlineMs, true, { signal: deadline.signal }).catch(() => false);
    const gaveUp = await Promise.race([this.#running?.then(() => false), late]);
    deadline.abort();
    // A transaction that is left open would keep the next owner waiting.
    if (gaveUp === true) this.#client?.connection.stream.destroy();
  }

  async #run(): Promise<void> {
    const { logger, lane, onTrouble } = this.#options;
    const { signal } = this.#stopping;
    this.#expiry.start();
    while (!signal.aborted) {
      try {
        const client = await this.#connect();
        const consumer = this.#openConsumer();
        await this.#decideOneByOne(client, await consumer.adopt());
        while (!signal.aborted && this.#client === client) {
          await this.#takeAndDecide(client, consumer);
        }
      } catch (error) {
        // Adopting waits for what is still being decided or settled; what can't be is adopted.
        await this.#decided().catch(() => undefined);
        await this.#settling.done().catch(() => undefined);
        if (error instanceof PassedOverError) {
          onTrouble?.('passed_over');
          logger.warn({ lane }, 'an earlier owner of the lane woke up; its job comes first');
          continue;
        }
        if (error instanceof FencedError) {
          onTrouble?.('fenced');
          logger.warn({ lane }, 'the lane has a newer owner; nothing was decided here since');
          break;
        }
        // What is remembered may be what was wrong.
        this.#memory.clear();
        // A booking was cancelled in the queue just now: decided again, it is found cancelled.
        if (isStoredAlready(error)) continue;
        onTrouble?.('retried');
        logger.error({ lane, err: error }, 'the lane pauses and tries again');
        await delay(retryDelayMs, undefined, { signal }).catch(() => undefined);
      }
    }
    await this.#decided().catch(() => undefined);
    await this.#settling.done().catch(() => undefined);
    await this.#close();
  }

  async #takeAndDecide(client: pg.Client, consumer: LaneConsumer): Promise<void> {
    // When more waits, it is taken while the batch before it is decided.
    if (consumer.isIdle) await this.#decided();
    const jobs = await consumer.take({ waits: this.#underWay === undefined });
    const isInOrder = consumer.isInOrder();
    isInOrder.catch(() => undefined); // Seen by whoever awaits it.
    if (jobs.length > 0) await this.#decide(client, jobs, isInOrder);
    else if (!(await isInOrder)) throw new PassedOverError('a job was left behind');
  }

  /** What was adopted has waited for long: the first of it is not to wait for all. */
  async #decideOneByOne(client: pg.Client, jobs: readonly TakenJob[]): Promise<void> {
    for (const job of jobs) await this.#decide(client, [job], Promise.resolve(true));
    await this.#decided();
  }

  /** Resolves when the next batch can be taken; two are under way at most. */
  async #decide(
    client: pg.Client,
    jobs: readonly TakenJob[],
    isInOrder: Promise<boolean>,
  ): Promise<void> {
    const before = this.#underWay;
    const underWay = new BatchUnderWay(async (batch) => {
      const decided = await this.#decideJobs({ client, batch, before }, jobs, isInOrder);
      await before?.decided.catch(() => undefined); // One after the other, whatever became of it.
      await this.#settling.done();
      this.#settling.start(decided);
    });
    this.#underWay = underWay;
    await underWay.left;
    await before?.decided;
  }

  async #decideJobs(
    place: Pick<LaneDesk, 'client' | 'batch' | 'before'>,
    jobs: readonly TakenJob[],
    isInOrder: Promise<boolean>,
  ): Promise<readonly DecidedJob[]> {
    const { lane, epoch, logger, onCommitted, onTrouble } = this.#options;
    const startedMs = performance.now();
    const told = onCommitted === undefined ? {} : { onCommitted };
    const desk = { ...place, lane, epoch, memory: this.#memory, ...told };
    const deciding = decideIsolating(desk, jobs, isInOrder, (poison, err) => {
      onTrouble?.('given_up');
      logger.error({ ...poison, lane, err }, 'a command can not be decided and is given up');
    });
    const decided = await within(deciding, decideMsMax, 'deciding').catch((error: Error) => {
      // Should it be late: nothing may be committed from a batch that is decided again.
      if (error instanceof TimeLimitError) place.client.connection.stream.destroy();
      throw error;
    });
    if (decided.holdEndsInUs !== undefined) this.#expiry.lookIn(decided.holdEndsInUs / 1000);
    const requests = jobs.reduce((sum, job) => sum + job.commands.length, 0);
    logger.debug(
      { lane, jobs: jobs.length, requests, ms: performance.now() - startedMs },
      'decided a batch',
    );
    return decided.jobs;
  }

  /** Resolves when nothing is under way; the failure of a batch is told once. */
  async #decided(): Promise<void> {
    const underWay = this.#underWay;
    this.#underWay = undefined;
    await underWay?.decided;
  }

  async #connect(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    const { databaseUrl, lane, logger } = this.#options;
    const client = createDecisionClient(databaseUrl, `stile-lane-${lane}`);
    client.on('error', (error) => {
      logger.error({ lane, err: error }, 'the connection for decisions failed');
      this.#dropClient(client);
    });
    client.on('end', () => this.#dropClient(client));
    await client.connect();
    this.#client = client;
    return client;
  }

  #dropClient(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
  }

  #openConsumer(): LaneConsumer {
    const { engine, lane, epoch, bounds, logger, onTrouble } = this.#options;
    this.#consumer ??= new LaneConsumer({
      ...{ engine, lane, queue: this.#queue, bounds },
      token: `${lane}:${epoch}`,
      onForged: (jobId) => {
        onTrouble?.('forged');
        logger.error({ lane, jobId }, 'a job that no api made was put aside');
      },
    });
    return this.#consumer;
  }

  async #close(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    await this.#expiry.stop();
    await consumer?.close().catch(() => undefined);
    await this.#queue.close().catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
  }
}
