import type { Command } from '@stile/core';
import type { Job, Queue, Worker } from 'bullmq';
import type { TakeBounds } from './bounds.js';
import type { Engine } from './engine.js';
import { decodeJob, type JobData } from './job-data.js';
import { type EncodedOrigins, requestIdsOf } from './job-origins.js';
import { anyToken, settleJob } from './settle-job.js';
import { within } from './within.js';

/**
 * Milliseconds that the queue's server may take to answer. A call that is lost must not stop its
 * lane: whatever it fetched or settled after all is found active, or gone, when the owner adopts.
 */
const answerMsMax = 5_000;

/** The ids of a lane's active jobs, and which were in hand when they were asked for. */
interface ActiveListing {
  readonly inHand: ReadonlySet<string>;
  readonly active: Promise<string[]>;
}

/** A job in the hands of its lane's owner. */
export interface TakenJob {
  readonly id: string;
  readonly commands: readonly Command[];
  /** Place in the job of the first of the commands, when these are only a part of it. */
  readonly from?: number;
  /** The api process whose clients wait for the outcomes. */
  readonly replyTo: number | undefined;
  /** When it was taken, in milliseconds since 1970. */
  readonly takenAtMs: number;
  /** Place and span of each of the job's commands that is traced. */
  readonly traces: NonNullable<EncodedOrigins['traces']>;
  /** The requests that all the job's commands came with, in their order; worked out when asked. */
  requestIds(): readonly (string | undefined)[];
  /** Ends the job; its return value is what Bull Board shows. */
  settle(returnValue: unknown): Promise<void>;
}

export interface LaneConsumerOptions {
  readonly engine: Engine;
  readonly lane: number;
  /** The lane's. */
  readonly queue: Queue;
  readonly bounds: TakeBounds;
  /** Names this owner's fetches. */
  readonly token: string;
  /** Told of a job whose data is not the api's making; it is ended without being decided. */
  readonly onForged: (jobId: string) => void;
}

/**
 * Takes the jobs of one lane, in BullMQ's own order: fetched by hand, one at a time, never by two
 * consumers at once (the lane's owner sees to that). A processor with `concurrency` could not
 * promise the order.
 */
export class LaneConsumer {
  readonly #options: LaneConsumerOptions;
  /** Made without a processor, for this consumer alone. */
  readonly #worker: Worker;
  /** Jobs handed out and not settled yet. */
  readonly #inHand = new Set<string>();
  #idle = true;
  #isInterrupted = false;
  /** Further jobs to ask for together with the next. */
  #toFetch = 0;
  #fetches: Promise<Job | undefined>[] = [];
  #listing: ActiveListing | undefined;

  constructor(options: LaneConsumerOptions) {
    const { engine, lane, bounds } = options;
    this.#options = options;
    this.#worker = engine.worker(lane, bounds.takeWaitMs);
    if (this.#fetchesAtOnce > 1) this.#askTogether();
  }

  /** Whether the last take found no more jobs than it was given. */
  get isIdle(): boolean {
    return this.#idle;
  }

  /**
   * Waits up to `takeWaitMs` for jobs, unless told not to; empty when none came or the consumer was
   * closed. When the lane was idle, what the first round trip brought is returned at once; else all
   * that wait, up to the bound.
   */
  async take({ waits = true } = {}): Promise<TakenJob[]> {
    const { bounds } = this.#options;
    const jobs: TakenJob[] = [];
    this.#listing = undefined;
    while (jobs.length < bounds.jobsPerTakeMax) {
      const block = waits && jobs.length === 0;
      const wasIdle = this.#idle;
      const fetched = await this.#fetch(bounds.jobsPerTakeMax - jobs.length, block);
      jobs.push(...fetched.flatMap((job) => this.#taken(job, this.#options.token) ?? []));
      if (fetched.length === 0) {
        // After a job BullMQ only looks for the next one; it waits when it has found none.
        if (block && !wasIdle && !this.#isInterrupted) continue;
        break;
      }
      if (wasIdle || this.#idle) break;
    }
    return jobs;
  }

  /**
   * Jobs that are asked for in one round trip: Redis answers a connection in the order in which it was
   * asked, PostgreSQL has a connection for each question. An api has two of a lane under way at most.
   */
  get #fetchesAtOnce(): number {
    return this.#options.engine.name === 'redis' ? 2 : 1;
  }

  /** The next jobs, `room` at most; notes whether the lane had fewer than it was asked for. */
  async #fetch(room: number, block: boolean): Promise<Job[]> {
    const { bounds, token } = this.#options;
    const count = Math.min(this.#fetchesAtOnce, room);
    this.#toFetch = count - 1;
    this.#fetches = [];
    const first = this.#worker.getNextJob(token, { block });
    const answers: (Job | undefined)[] = await within(
      first.then((job) => Promise.all([job, ...this.#fetches])),
      bounds.takeWaitMs + answerMsMax,
      'fetching a job',
    );
    const jobs = answers.filter((job) => job !== undefined);
    this.#idle = jobs.length < count;
    return jobs;
  }

  /**
   * Has further jobs, and then what is active, asked for right behind a fetch, on its connection:
   * one round trip for all, also when BullMQ fetches after it was woken up.
   */
  #askTogether(): void {
    const { token } = this.#options;
    const backend = this.#worker.getBackend();
    const fetch = backend.moveToActive.bind(backend);
    backend.moveToActive = (...given) => {
      const fetched = fetch(...given);
      if (this.#toFetch > 0) {
        this.#toFetch--;
        const next = this.#worker.getNextJob(token, { block: false });
        next.catch(() => undefined); // Seen by whoever awaits it.
        this.#fetches.unshift(next);
      } else {
        this.#listing = this.#listActive();
      }
      return fetched;
    };
  }

  #listActive(): ActiveListing {
    const inHand = new Set(this.#inHand);
    const ranges = this.#worker.getBackend().getRanges(['active'], 0, -1);
    const active = within(ranges, answerMsMax, 'listing the active jobs').then((all) => all.flat());
    active.catch(() => undefined); // Seen by whoever awaits it.
    return { inHand, active };
  }

  /**
   * True when no active job of the lane is in other hands: then nothing was passed over. Call it
   * after a take, before what was taken is decided. It finds the job that an earlier owner fetched
   * when it woke up, after this one had adopted: the queue gives jobs out in order, so that job
   * was active before anything behind it could be taken. Whoever gets a false adopts again.
   */
  async isInOrder(): Promise<boolean> {
    const taken = [...this.#inHand];
    const { inHand, active } = this.#listing ?? this.#listActive();
    this.#listing = undefined;
    const ids = new Set(await active);
    // Listed before it was fetched, a job is missing: then nothing is known of those ahead of it.
    if (!taken.every((id) => inHand.has(id) || ids.has(id))) return this.isInOrder();
    return [...ids].every((id) => inHand.has(id) || taken.includes(id));
  }

  /**
   * The jobs that are active without anybody working on them, oldest first: those of an owner that
   * died, or of this one when it lost its server in the middle. They come before anything waiting.
   */
  async adopt(): Promise<TakenJob[]> {
    const { queue } = this.#options;
    const ids = await within(
      queue.getRanges(['active'], 0, -1, true),
      answerMsMax,
      'listing the active jobs',
    );
    const jobs = await within(
      Promise.all(ids.map((id) => queue.getJob(id))),
      answerMsMax,
      'reading the active jobs',
    );
    return jobs.flatMap((job, index) => {
      if (job !== undefined) return this.#taken(job, anyToken) ?? [];
      // An entry whose job was deleted: there is nothing to decide, and nothing to wait for.
      this.#inHand.add(ids[index] as string);
      return [];
    });
  }

  /**
   * Makes a take that waits for a job return. The worker must not be closed instead: on PostgreSQL
   * a fetch that is under way then never returns.
   */
  async interrupt(): Promise<void> {
    this.#isInterrupted = true;
    // Cut off while it still connects, ioredis throws where nobody can catch it.
    await this.#worker.waitUntilReady();
    await this.#worker.getBackend().disconnectBlocking();
  }

  /** Closes the worker's connections, not the queue's; call when no take is under way. */
  async close(): Promise<void> {
    // Closed while it still connects, a worker on PostgreSQL may keep that connection for good.
    await this.#worker.waitUntilReady().catch(() => undefined);
    await this.#worker.close(true);
  }

  #taken(job: Job, token: string): TakenJob | undefined {
    const id = job.id as string;
    this.#inHand.add(id);
    const settle = (returnValue: unknown) =>
      within(settleJob(job, returnValue, token), answerMsMax, 'settling a job').finally(() =>
        this.#inHand.delete(id),
      );
    const commands = decodeJob(id, job.data);
    const takenAtMs = Date.now();
    if (commands === undefined) {
      this.#options.onForged(id);
      const unsaid = { replyTo: undefined, traces: [], requestIds: () => [] };
      return { id, commands: [], takenAtMs, ...unsaid, settle };
    }
    const data = job.data as JobData;
    const { replyTo, traces = [] } = data;
    return {
      ...{ id, commands, replyTo, takenAtMs, traces, settle },
      requestIds: () => requestIdsOf(id, data),
    };
  }
}
