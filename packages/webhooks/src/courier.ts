import {
  type Database,
  putDeliveryBack,
  readDelivery,
  recordDelivered,
  recordFailed,
} from '@stile/db';
import type { Logger } from 'pino';
import { attemptsMax, retryDelayMs } from './retry.js';
import type { Attempt, Sender } from './send.js';

/** Which delivery a job is to make. */
export interface DeliveryJob {
  readonly id: number;
  readonly round: number;
}

/** Thrown to BullMQ for a delivery that is to be tried again. */
export class RetryError extends Error {
  override readonly name = 'RetryError';
  readonly delayMs: number;

  constructor(message: string, delayMs: number) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** What may come of an attempt; after a `failed` one there is another. */
export const attemptResults = ['delivered', 'failed', 'given_up', 'disabled'] as const;
export type AttemptResult = (typeof attemptResults)[number];

/** Told of each attempt, with the time of the decision that it tells of; must not throw. */
export type OnAttempt = (result: AttemptResult, decidedAt: Date) => void;

export interface CourierOptions {
  readonly db: Database;
  readonly sender: Sender;
  /** Milliseconds until the first retry. */
  readonly retryMs: number;
  /** A webhook whose attempts have failed for so long is disabled. */
  readonly disableAfterMs: number;
  /** Aborted when the process stops: an attempt that fails then proves nothing. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onAttempt?: OnAttempt | undefined;
}

/** The status by which a receiver says that it wants nothing more. */
const gone = 410;

/** Makes deliveries, one attempt at a time, and records what came of them. */
export class Courier {
  readonly #options: CourierOptions;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /**
   * Makes one attempt. Does nothing for a job whose delivery was made, given up or queued anew.
   * Throws `RetryError` when it is to be tried again, or what the database threw.
   */
  async deliver(job: DeliveryJob): Promise<void> {
    const { db, sender, retryMs, disableAfterMs, signal, logger } = this.#options;
    const delivery = await readDelivery(db, job);
    if (delivery === undefined) return;
    if (!delivery.enabled) return putDeliveryBack(db, job);

    const { url, secret, type, event, decidedAt, sectionId, sequence } = delivery;
    const attempt = await sender.send({
      ...{ url, secret },
      id: `msg_${sectionId}-${sequence}`,
      body: JSON.stringify({ type, timestamp: decidedAt, data: event }),
    });
    const { statusCode, error } = outcomeOf(attempt);
    const tell = (result: AttemptResult) => this.#options.onAttempt?.(result, new Date(decidedAt));
    if (statusCode !== null && error === null) {
      await recordDelivered(db, job, statusCode);
      tell('delivered');
      return;
    }
    if (signal.aborted) throw new RetryError('stopped in the middle', 0);
    const failures = delivery.attempts + 1;
    const givenUp = failures >= attemptsMax;
    const retryInMs = retryDelayMs(failures, retryMs);
    const enabled = await recordFailed(db, job, {
      ...{ statusCode, error, retryInMs, givenUp },
      disableAfterMs: statusCode === gone ? 0 : disableAfterMs,
    });
    tell(!enabled ? 'disabled' : givenUp ? 'given_up' : 'failed');
    const deliveryId = job.id;
    if (!enabled) {
      logger.warn({ deliveryId, statusCode, error }, 'a webhook that kept failing is disabled');
      return putDeliveryBack(db, job);
    }
    if (givenUp) {
      logger.warn({ deliveryId, statusCode, error }, 'a delivery is given up');
      return;
    }
    throw new RetryError(error ?? 'not delivered', retryInMs);
  }
}

function outcomeOf(attempt: Attempt): { statusCode: number | null; error: string | null } {
  if (attempt.kind === 'unanswered') return { statusCode: null, error: attempt.error };
  const { statusCode } = attempt;
  const isDelivered = statusCode >= 200 && statusCode <= 299;
  return { statusCode, error: isDelivered ? null : `answered ${statusCode}` };
}
