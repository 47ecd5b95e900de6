import { type BookCommand, jobIdOf, jobIdParts } from '@stile/core';
import type { Queue } from 'bullmq';
import { LRUCache } from 'lru-cache';
import { decodeJob } from './job-data.js';

/** A booking that its lane has not decided yet. */
export interface QueuedBooking {
  readonly command: BookCommand;
  readonly jobId: string;
  /** Its place in the job: commands that are decided before it there. */
  readonly index: number;
}

type BookingsOfJob = ReadonlyMap<string, QueuedBooking>;

/** Commands of jobs that are remembered, about 10 MB: a backlog of small jobs must fit in as well. */
const rememberedMax = 20_000;

/**
 * A job's data never changes, so those who poll for bookings of one job share a look-up; after
 * this long the queue is asked again, for it may have lost the job.
 */
const freshForMs = 1_000;

/**
 * Finds the commands of bookings that their lanes have not decided yet: one look-up, for a
 * booking's id names its lane and its job, and none when somebody asked for that job just now.
 */
export class QueuedBookings {
  readonly #queueOf: (lane: number) => Promise<Queue | undefined>;
  readonly #known: LRUCache<string, BookingsOfJob>;
  /** Look-ups under way. lru-cache's own `fetch` fails those that it has no room for. */
  readonly #asking = new Map<string, Promise<BookingsOfJob | undefined>>();

  /** Remembers the jobs asked for last, of so many commands together. */
  constructor(queueOf: (lane: number) => Promise<Queue | undefined>, commandsMax = rememberedMax) {
    this.#queueOf = queueOf;
    this.#known = new LRUCache<string, BookingsOfJob>({
      maxSize: commandsMax,
      sizeCalculation: (bookings) => Math.max(1, bookings.size),
      ttl: freshForMs,
    });
  }

  /** The booking as it was queued a second ago at most; undefined when it was not. */
  async find(bookingId: string): Promise<QueuedBooking | undefined> {
    const lookUp = (jobId: string) => this.#known.get(jobId) ?? this.#ask(jobId);
    const queued = (await lookUp(jobIdOf(bookingId)))?.get(bookingId);
    // One that was lost and enqueued again is a job of its own.
    return queued ?? (await lookUp(bookingId))?.get(bookingId);
  }

  /** The booking as it is queued now: for whoever would enqueue again what was lost. */
  async findNow(bookingId: string): Promise<QueuedBooking | undefined> {
    const queued = (await this.#ask(jobIdOf(bookingId)))?.get(bookingId);
    return queued ?? (await this.#ask(bookingId))?.get(bookingId);
  }

  /** Asks the queue; whoever asks for the same job meanwhile shares the answer. */
  #ask(jobId: string): Promise<BookingsOfJob | undefined> {
    let asking = this.#asking.get(jobId);
    if (asking === undefined) {
      asking = this.#read(jobId).finally(() => this.#asking.delete(jobId));
      this.#asking.set(jobId, asking);
    }
    return asking;
  }

  async #read(jobId: string): Promise<BookingsOfJob | undefined> {
    const queue = await this.#queueOf(jobIdParts(jobId).lane);
    const job = await queue?.getJob(jobId);
    if (job === undefined || job.finishedOn !== undefined) {
      this.#known.delete(jobId);
      return undefined;
    }
    const commands = decodeJob(jobId, job.data) ?? [];
    const bookings = new Map(
      commands.flatMap((command, index) =>
        command.kind === 'book' ? [[command.id, { command, jobId, index }]] : [],
      ),
    );
    this.#known.set(jobId, bookings);
    return bookings;
  }
}
