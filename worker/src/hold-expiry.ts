import { bookingIdOf, type Command, createJobIds } from '@stile/core';
import { type Database, findDueHolds } from '@stile/db';
import { addJob } from '@stile/queue';
import type { Queue } from 'bullmq';
import type { Logger } from 'pino';

export interface HoldExpiryOptions {
  readonly lane: number;
  readonly db: Database;
  /** Numbers this worker in the ids of the jobs it makes. */
  readonly processNumber: number;
  readonly queue: Queue;
  readonly logger: Logger;
}

/** Holds that one job ends at most. */
const holdsPerJobMax = 500;
const retryMs = 500;
const moreMs = 100;
/** Longest delay of a timer; a hold can last a day. */
const timerMsMax = 60_000;

/**
 * Ends the holds of one lane when their time is over. The lane's owner runs it, and it does
 * nothing but put commands into the lane: what becomes of a hold is decided there, in turn. One
 * timer is set for the hold that ends next; a lane without holds costs nothing. Whoever takes a
 * lane over looks at once, so after an outage everything overdue ends, once.
 *
 * States: stopped → waiting ⇄ looking → stopped.
 */
export class HoldExpiry {
  readonly #options: HoldExpiryOptions;
  readonly #nextJobId: (nowMs: number) => string;
  #timer: NodeJS.Timeout | undefined;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: HoldExpiryOptions) {
    this.#options = options;
    this.#nextJobId = createJobIds(options.lane, options.processNumber);
  }

  start(): void {
    this.lookIn(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  /** A hold ends this many milliseconds from now: look then, unless a look is due before. */
  lookIn(ms: number): void {
    const dueAtMs = performance.now() + ms;
    if (this.#stopped || dueAtMs >= this.#dueAtMs) return;
    this.#dueAtMs = dueAtMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#dueAtMs = Number.POSITIVE_INFINITY;
        // One look at a time: stop() waits for the last, and so for all.
        this.#looking = this.#looking.then(() => this.#look());
      },
      Math.min(Math.max(0, ms), timerMsMax),
    );
  }

  async #look(): Promise<void> {
    const { db, lane, logger } = this.#options;
    try {
      const { due, nextInMs } = await findDueHolds(db, lane, holdsPerJobMax);
      if (due.length > 0) await this.#expire(due);
      // Should the lane not get to them, they are still due then.
      if (due.length > 0) this.lookIn(due.length === holdsPerJobMax ? moreMs : retryMs);
      else if (nextInMs !== undefined) this.lookIn(nextInMs);
    } catch (err) {
      logger.error({ lane, err }, 'could not look for holds that are over; trying again');
      this.lookIn(retryMs);
    }
  }

  async #expire(
    due: readonly { readonly bookingId: string; readonly sectionId: string }[],
  ): Promise<void> {
    const nowMs = Date.now();
    const jobId = this.#nextJobId(nowMs);
    const commands = due.map(
      ({ bookingId, sectionId }, index): Command => ({
        kind: 'expire',
        id: bookingIdOf(jobId, index + 1),
        bookingId,
        sectionId,
        acceptedAtUs: nowMs * 1000,
      }),
    );
    await addJob(this.#options.queue, jobId, commands);
  }
}
