/**
 * How long BullMQ keeps a fetched job locked. Nothing here relies on it (a lane's owner is found
 * by its epoch), but the lock is a Redis key that outlives an adopted job for this long.
 */
const lockDurationMs = 30_000;

/** Events kept in each queue's stream. Nobody reads them but Bull Board's curious users. */
export const queueOptions = { streams: { events: { maxLen: 100 } } };

/** A worker that only fetches, and waits for a job up to `takeWaitMs`. */
export const workerOptions = (takeWaitMs: number) => ({
  autorun: false,
  lockDuration: lockDurationMs,
  skipLockRenewal: true,
  drainDelay: takeWaitMs / 1000,
});

/** How a queue beside the lanes is worked off. */
export interface TaskWorkerOptions {
  /** Jobs in work at a time. */
  readonly concurrency: number;
  /** A job whose worker says nothing for this long is given to another. */
  readonly lockMs: number;
  /** Milliseconds until a job that threw this is tried again. */
  readonly backoffMs: (error: Error) => number;
}

/** A job may lose its worker as often as it likes: it is tried again. */
const stallsMax = 1_000;

export const taskOptions = ({ concurrency, lockMs, backoffMs }: TaskWorkerOptions) => ({
  autorun: false,
  concurrency,
  lockDuration: lockMs,
  stalledInterval: lockMs / 2,
  maxStalledCount: stallsMax,
  settings: {
    backoffStrategy: (_attempts: number, _type?: string, error?: Error) =>
      backoffMs(error ?? new Error('failed without an error')),
  },
});
