import type { Queue } from 'bullmq';
import type { DrainRate } from './drain-rate.js';

/** Milliseconds for which a count of the waiting jobs is good enough. */
const freshForMs = 100;
const drainSecondsMax = 60;
/** Weight of the newest job in the mean size of jobs. */
const newestWeight = 0.1;

/**
 * How many jobs wait in a lane, counted at most every 100 ms and only while somebody asks: an idle
 * lane costs nothing.
 */
export class LaneBacklog {
  readonly #queue: Queue;
  readonly #rate: DrainRate | undefined;
  #requestsPerJob = 1;
  #jobs = 0;
  #countedAtMs = 0;
  #counting = false;
  #fullSinceMs: number | undefined;

  /** Without a rate, how long a backlog has stood is all that is known of it. */
  constructor(queue: Queue, rate?: DrainRate) {
    this.#queue = queue;
    this.#rate = rate;
  }

  /** Jobs waiting when last counted. */
  get jobs(): number {
    return this.#jobs;
  }

  /**
   * Seconds until what waits now should be decided, from 1 to 60, at the rate at which the lane is
   * being worked off; undefined when that is not known. Other processes' jobs are taken to be as
   * large as this one's.
   */
  get measuredDrainSeconds(): number | undefined {
    const perSecond = this.#rate?.perSecond;
    if (perSecond === undefined) return undefined;
    return withinBounds((this.#jobs * this.#requestsPerJob) / perSecond);
  }

  /**
   * The same, but always an answer: by Little's law a backlog that has stood for a while takes
   * about as long as it has stood.
   */
  get drainSeconds(): number {
    const standingMs = this.#fullSinceMs === undefined ? 0 : Date.now() - this.#fullSinceMs;
    return this.measuredDrainSeconds ?? withinBounds(standingMs / 1000);
  }

  /** Tells of a job that was added, and how many requests it carries. */
  added(requests: number): void {
    this.#requestsPerJob += (requests - this.#requestsPerJob) * newestWeight;
  }

  /** Starts a count when the last one is too old; doesn't wait for it. */
  refresh(): void {
    if (this.#jobs > 0) this.#rate?.refresh();
    if (this.#counting || Date.now() - this.#countedAtMs < freshForMs) return;
    this.#counting = true;
    this.#queue
      .getWaitingCount()
      .then(
        (jobs) => this.#counted(jobs),
        () => undefined, // The server is down: the enqueue itself will say so.
      )
      .finally(() => {
        this.#counting = false;
        this.#countedAtMs = Date.now();
      });
  }

  #counted(jobs: number): void {
    this.#jobs = jobs;
    if (jobs === 0) this.#fullSinceMs = undefined;
    else this.#fullSinceMs ??= Date.now();
  }
}

const withinBounds = (seconds: number): number =>
  Math.min(drainSecondsMax, Math.max(1, Math.ceil(seconds)));
