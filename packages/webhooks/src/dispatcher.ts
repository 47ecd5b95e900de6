import { setTimeout as delay } from 'node:timers/promises';
import {
  advanceWebhook,
  createDatabase,
  createPool,
  type Database,
  deleteOldDeliveries,
  findEnabledWebhooks,
  findOverdueDeliveries,
  type QueuedDelivery,
  queueDeliveries,
} from '@stile/db';
import { type Engine, within } from '@stile/queue';
import type { Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { Courier, type DeliveryJob, type OnAttempt, RetryError } from './courier.js';
import { AddressGuard } from './public-address.js';
import { attemptsMax } from './retry.js';
import { Sender } from './send.js';

export interface WebhookConfig {
  readonly allowPrivate: boolean;
  /** Milliseconds for one attempt. */
  readonly timeoutMs: number;
  /** Milliseconds until the first retry. */
  readonly retryMs: number;
  readonly disableAfterMs: number;
  /** Days for which the log keeps what was delivered. */
  readonly logDays: number;
}

export interface DispatcherOptions {
  readonly databaseUrl: string;
  readonly engine: Engine;
  readonly config: WebhookConfig;
  readonly logger: Logger;
  readonly onAttempt?: OnAttempt;
}

const queueName = 'webhooks';
/** Milliseconds between two looks at the ledger, while there is a webhook. */
const tickMs = 100;
/** The same while there is none. */
const idleTickMs = 1_000;
const retryAfterErrorMs = 1_000;
/** Attempts that one process makes at a time: 16 webhooks with all that each may have under way. */
const concurrency = 512;
const poolMax = 4;
/** Looks for lost jobs and old rows of the log. */
const sweepMs = 60_000;
const rowsPerSweep = 1_000;
/** What is under way may end in this time when the dispatcher stops. */
const finishMsMax = 1_000;
/** A lock outlives the longest attempt by this much. */
const lockMarginMs = 2_000;

/**
 * Tells webhooks what stands in the ledger. One worker of the cluster runs it: the owner of lane 0.
 * Nothing depends on there being one only, for cursors move under a lock and jobs have names.
 *
 * Each tick reads the ledger on for every webhook and puts the deliveries whose turn it is into a
 * queue of BullMQ, which makes the attempts and spaces the retries.
 *
 * States: stopped → running → stopped; started once.
 */
export class WebhookDispatcher {
  readonly #options: DispatcherOptions;
  readonly #db: Database;
  readonly #endPool: () => Promise<void>;
  readonly #sender: Sender;
  readonly #queue: Queue;
  readonly #worker: Worker;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #workerClosing: Promise<void> | undefined;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    const { databaseUrl, engine, config, logger, onAttempt } = options;
    const pool = createPool({
      connectionString: databaseUrl,
      max: poolMax,
      applicationName: 'stile-webhooks',
      onError: (err) => logger.error({ err }, 'a connection of webhooks failed'),
    });
    const db = createDatabase(pool);
    const { timeoutMs, retryMs, disableAfterMs, allowPrivate } = config;
    this.#db = db;
    this.#endPool = () => pool.end();
    this.#sender = new Sender(new AddressGuard(allowPrivate), timeoutMs);
    const courier = new Courier({
      ...{ db, sender: this.#sender, retryMs, disableAfterMs, logger, onAttempt },
      signal: this.#stopping.signal,
    });
    this.#queue = engine.taskQueue(queueName);
    this.#worker = engine.taskWorker(queueName, (job) => courier.deliver(job.data as DeliveryJob), {
      concurrency,
      lockMs: timeoutMs + lockMarginMs,
      backoffMs: (error) => (error instanceof RetryError ? error.delayMs : retryMs),
    });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /**
   * Ends soon, whatever receivers do: attempts that are under way are left to the next owner, which
   * makes them again. Safe to call twice.
   */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return this.#running;
    this.#stopping.abort();
    // Beside the tick that is under way, however long that takes: once its server or the engine is
    // gone, BullMQ's loop would go round and round until it is told to close.
    this.#workerClosing = this.#closeWorker();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { logger } = this.#options;
    const working = this.#worker.run().catch((err) => {
      logger.error({ err }, 'webhooks are not delivered until their worker starts again');
    });
    // Whatever the last owner queued may not have reached the queue.
    let overdueMs = 0;
    while (!signal.aborted) {
      let pauseMs = idleTickMs;
      try {
        await this.#sweep(overdueMs);
        overdueMs = sweepMs;
        pauseMs = await this.#tick();
      } catch (err) {
        pauseMs = retryAfterErrorMs;
        if (!signal.aborted) logger.error({ err }, 'webhooks pause and try again');
      }
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    await this.#close(working);
  }

  /** Reads the ledger on for every webhook; returns how long to wait before the next time. */
  async #tick(): Promise<number> {
    const webhookIds = await findEnabledWebhooks(this.#db);
    let hasMore = false;
    for (const id of webhookIds) {
      if (this.#stopping.signal.aborted) break;
      hasMore = (await advanceWebhook(this.#db, id)) || hasMore;
      await this.#add(await queueDeliveries(this.#db, id));
    }
    if (hasMore) return 0;
    return webhookIds.length > 0 ? tickMs : idleTickMs;
  }

  async #sweep(overdueMs: number): Promise<void> {
    if (performance.now() - this.#sweptAtMs < sweepMs) return;
    await this.#add(await findOverdueDeliveries(this.#db, overdueMs));
    await deleteOldDeliveries(this.#db, this.#options.config.logDays, rowsPerSweep);
    this.#sweptAtMs = performance.now();
  }

  async #add(deliveries: readonly QueuedDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.#queue.addBulk(
      deliveries.map(({ id, round, dueInMs }) => ({
        name: 'deliver',
        data: { id, round } satisfies DeliveryJob,
        opts: {
          jobId: `d${id}-${round}`,
          delay: dueInMs,
          attempts: attemptsMax,
          backoff: { type: 'custom' },
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  async #closeWorker(): Promise<void> {
    // What is still under way then stays active until its lock runs out, and is made again.
    await within(this.#worker.close(), finishMsMax, 'the last deliveries').catch(() => undefined);
    this.#sender.close();
    await this.#worker.close(true).catch(() => undefined);
  }

  async #close(working: Promise<void>): Promise<void> {
    await this.#workerClosing;
    // Closed while its connections are gone, BullMQ's loop may never come to its end.
    await within(working, finishMsMax, 'the loop of deliveries').catch(() => undefined);
    await this.#queue.close().catch(() => undefined);
    await this.#endPool();
  }
}
