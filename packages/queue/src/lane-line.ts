import { isBookingId, jobIdParts } from '@stile/core';
import type { Queue } from 'bullmq';
import { LRUCache } from 'lru-cache';
import type { DrainRate } from './drain-rate.js';
import type { JobData } from './job-data.js';
import type { QueuedBooking } from './queued-booking.js';

/** Where a queued booking stands; what is not known is left out, never guessed. */
export interface Place {
  /** Requests ahead of it in its lane. */
  readonly position?: number;
  /** What those take at the rate at which the lane is being worked off. */
  readonly estimatedWaitMs?: number;
}

/** How much is queued in a lane; what is not known is left out. */
export interface Backlog {
  readonly jobs?: number;
  /** Commands in these jobs together. */
  readonly requests?: number;
  /** When the job at the head of the line was made: Unix time in ms. */
  readonly oldestAtMs?: number;
}

/** Milliseconds for which everybody who asks shares one look at the lane's jobs. */
const freshForMs = 250;
/** In a lane with more jobs, nobody is told a position: listing them would cost more than it tells. */
const jobsMax = 1_000;
/** Jobs whose size one answer finds out at most; the next answer knows them already. */
const lookUpsMax = 50;
const sizesMax = 10_000;

/**
 * The line in front of one lane: its jobs in the order in which they will be decided, and how
 * many requests each of them carries.
 */
export class LaneLine {
  readonly #queue: Queue;
  readonly #rate: DrainRate;
  /** Requests in a job by its id; a job never changes. */
  readonly #sizes = new LRUCache<string, number>({ max: sizesMax });
  #jobIds: Promise<readonly string[] | undefined> | undefined;
  #listedAtMs = 0;

  constructor(queue: Queue, rate: DrainRate) {
    this.#queue = queue;
    this.#rate = rate;
  }

  /** Where this booking stands, as of a quarter of a second ago at most. */
  async placeOf({ jobId, index }: QueuedBooking): Promise<Place> {
    this.#rate.refresh();
    const jobIds = await this.#jobs();
    const jobsAhead = jobIds?.indexOf(jobId) ?? -1;
    if (jobIds === undefined || jobsAhead < 0) return {};
    const ahead = await this.#requestsIn(jobIds.slice(0, jobsAhead));
    if (ahead === undefined) return {};
    const position = ahead + index;
    const rate = this.#rate.perSecond;
    if (rate === undefined) return { position };
    return { position, estimatedWaitMs: Math.ceil((position / rate) * 1000) };
  }

  /** What is queued or in hand, as of a quarter of a second ago at most. */
  async backlog(): Promise<Backlog> {
    const jobIds = await this.#jobs();
    if (jobIds === undefined) return {};
    const [first] = jobIds;
    const requests = await this.#requestsIn(jobIds);
    return {
      jobs: jobIds.length,
      ...(requests === undefined ? {} : { requests }),
      ...(first !== undefined && isBookingId(first)
        ? { oldestAtMs: jobIdParts(first).timeMs }
        : {}),
    };
  }

  #jobs(): Promise<readonly string[] | undefined> {
    if (this.#jobIds === undefined || performance.now() - this.#listedAtMs >= freshForMs) {
      this.#listedAtMs = performance.now();
      const listed = this.#list();
      this.#jobIds = listed;
      listed.catch(() => {
        if (this.#jobIds === listed) this.#jobIds = undefined;
      });
    }
    return this.#jobIds;
  }

  /** The lane's jobs, those in hand first; undefined when there are too many. */
  async #list(): Promise<readonly string[] | undefined> {
    // One after the other: a job that is fetched between the two looks is in both of them, not in
    // neither. Newest first, for both engines cut off the far end of what they are asked for.
    const waiting = await this.#queue.getRanges(['waiting'], 0, jobsMax);
    if (waiting.length > jobsMax) return undefined;
    const active = await this.#queue.getRanges(['active'], 0, -1);
    return [...new Set([...active.reverse(), ...waiting.reverse()])];
  }

  /** Requests in these jobs together; undefined when too many of them have to be looked up. */
  async #requestsIn(jobIds: readonly string[]): Promise<number | undefined> {
    const unknown = jobIds.filter((id) => !this.#sizes.has(id));
    await Promise.all(unknown.slice(0, lookUpsMax).map((id) => this.#lookUp(id)));
    let requests = 0;
    for (const id of jobIds) {
      const size = this.#sizes.get(id);
      if (size === undefined) return undefined;
      requests += size;
    }
    return requests;
  }

  async #lookUp(jobId: string): Promise<void> {
    const job = await this.#queue.getJob(jobId);
    const commands = (job?.data as Partial<JobData> | undefined)?.commands;
    // One that nobody here made is put aside without being decided; one that is gone, was.
    this.#sizes.set(jobId, commands?.length ?? 0);
  }
}
