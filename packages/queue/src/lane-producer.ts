import { randomFillSync } from 'node:crypto';
import { bookingIdOf, type Command, createJobIds, tailMax } from '@stile/core';
import type { ClaimedKey, IdempotencyClaim, NewClaim } from '@stile/db';
import type { Queue } from 'bullmq';
import { addJob } from './add-job.js';
import type { IntakeBounds } from './bounds.js';
import { Coalescer } from './coalescer.js';
import type { DrainRate } from './drain-rate.js';
import { encodeOrigins, type Origin } from './job-origins.js';
import { JobsUnderWay } from './jobs-under-way.js';
import { LaneBacklog } from './lane-backlog.js';
import type { OnOutcome, OutcomeListener, Waiters } from './outcome-listener.js';

type WithoutId<C> = C extends Command ? Omit<C, 'id'> : never;

/** A command before it is named. */
export type NewCommand = WithoutId<Command>;

/** A validated command whose section is in this lane, and who is to be told of it. */
export interface LaneRequest {
  readonly command: NewCommand;
  /** The request it came with, for logs and traces. */
  readonly origin?: Origin;
  /** Only for requests to book: makes a repetition of the request find the first one's booking. */
  readonly idempotency?: IdempotencyClaim;
  /** Called once when the queue has taken the command: from then on it will be decided. */
  readonly onAccepted: (id: string) => void;
  /** Called instead when the idempotency key stands for an earlier request already. */
  readonly onClaimed?: (earlier: ClaimedKey) => void;
  /** Called instead when the queue couldn't take it: it will not be decided. */
  readonly onRefused: (error: Error) => void;
  /** Given when the client waits: called once with the outcome, perhaps before `onAccepted`. */
  readonly onOutcome?: OnOutcome;
}

/** More requests wait than the lane's bound allows; the client should come back later. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  /** Seconds after which the requests now waiting should have been decided; at least 1. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too many requests are waiting in this lane');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** One that is decided, and one that waits for its turn. */
const jobsUnderWayMax = 2;

/** Told of what a process hands to its lanes, once a job where it can be; must not throw. */
export interface IntakeMeter {
  /** The queue has taken a job of so many commands. */
  accepted(lane: number, commands: number): void;
  /** So many commands were not taken: the lane is full, or its queue can't be reached. */
  refused(cause: 'overloaded' | 'unavailable', commands: number): void;
}

export interface LaneProducerOptions {
  readonly lane: number;
  readonly processNumber: number;
  readonly queue: Queue;
  readonly outcomes: OutcomeListener;
  readonly bounds: IntakeBounds;
  /** How fast the lane is worked off; without it, waits are told by how long its backlog stands. */
  readonly rate?: DrainRate;
  readonly meter?: IntakeMeter;
  /** Claims the keys of a batch at once; in their place, the earlier claims it found. */
  readonly claimKeys: (claims: readonly NewClaim[]) => Promise<(ClaimedKey | undefined)[]>;
}

/**
 * Puts requests into one lane, in the order of the calls, gathered into jobs by a coalescer. One
 * enqueue is under way at a time, so the order in which this process accepts is the order in which
 * the queue does.
 */
export class LaneProducer {
  readonly #options: LaneProducerOptions;
  readonly #nextJobId: (nowMs: number) => string;
  readonly #backlog: LaneBacklog;
  readonly #coalescer: Coalescer<LaneRequest>;
  readonly #underWay = new JobsUnderWay();

  constructor(options: LaneProducerOptions) {
    const { lane, processNumber, queue, bounds, rate } = options;
    this.#options = options;
    this.#nextJobId = createJobIds(lane, processNumber);
    this.#backlog = new LaneBacklog(queue, rate);
    this.#coalescer = new Coalescer({
      send: (requests) => this.#enqueue(requests),
      onFailed: (requests, error) => {
        options.meter?.refused('unavailable', requests.length);
        for (const request of requests) request.onRefused(error as Error);
      },
      batchSizeMax: bounds.requestsPerJobMax,
      pendingMax: bounds.pendingRequestsMax,
      lingerMs: () => (this.#wouldWait() ? bounds.lingerMs : 0),
    });
  }

  /** Takes a request, or throws `OverloadedError` when the lane is full. */
  submit(request: LaneRequest): void {
    const backlog = this.#backlog;
    backlog.refresh();
    const full = backlog.jobs >= this.#options.bounds.backlogJobsMax;
    if (full || !this.#coalescer.add(request)) {
      this.#options.meter?.refused('overloaded', 1);
      throw new OverloadedError(backlog.drainSeconds);
    }
  }

  /** Seconds after which to ask for what is queued now, 1 when its wait is not known; 60 at most. */
  get pollAfterSeconds(): number {
    const backlog = this.#backlog;
    return backlog.jobs === 0 ? 1 : (backlog.measuredDrainSeconds ?? 1);
  }

  /** Resolves when everything submitted has been enqueued or refused. */
  drain(): Promise<void> {
    return this.#coalescer.drain();
  }

  /**
   * Enqueues a booking again whose job the queue has lost, under its own id: as a job of one, for
   * the other bookings of the lost job come back one by one too. Harmless when it wasn't lost.
   */
  async enqueueAgain(command: Extract<Command, { kind: 'book' }>): Promise<void> {
    await addJob(this.#options.queue, command.id, [command]);
  }

  /** Whether a job that is sent now would only wait behind others. */
  #wouldWait(): boolean {
    return this.#backlog.jobs > 0 || this.#underWay.count >= jobsUnderWayMax;
  }

  #heard(jobId: string): void {
    if (this.#underWay.heard(jobId)) this.#coalescer.hurry();
  }

  async #enqueue(requests: readonly LaneRequest[]): Promise<void> {
    const { queue, outcomes, processNumber, lane, meter } = this.#options;
    const jobId = this.#nextJobId(Date.now());
    const tails = newTails(requests.length);
    const named = await this.#claim(
      requests.map((request, index) => ({ request, id: bookingIdOf(jobId, tails[index] ?? 0) })),
    );
    if (named.length === 0) return;

    const waiters: Waiters = new Map();
    named.forEach(({ id, request: { command, onOutcome } }, index) => {
      if (onOutcome === undefined) return;
      const hear: OnOutcome = (...outcome) => {
        this.#heard(jobId);
        onOutcome(...outcome);
      };
      waiters.set(id, { index, isBook: command.kind === 'book', onOutcome: hear });
    });
    const commands = named.map(({ id, request }): Command => ({ ...request.command, id }));
    const origins = encodeOrigins(named.map(({ request }) => request.origin));
    if (waiters.size > 0) {
      outcomes.expect(jobId, waiters);
      this.#underWay.added(jobId);
    }
    try {
      await addJob(queue, jobId, commands, waiters.size > 0 ? processNumber : undefined, origins);
    } catch (error) {
      outcomes.forget(jobId);
      this.#underWay.heard(jobId);
      throw error;
    }
    this.#backlog.added(commands.length);
    meter?.accepted(lane, commands.length);
    for (const { id, request } of named) request.onAccepted(id);
  }

  /** Those of the requests that go on: without a key, or the first with theirs. */
  async #claim(named: readonly NamedRequest[]): Promise<readonly NamedRequest[]> {
    const claims = named.flatMap(({ id, request: { idempotency } }) =>
      idempotency === undefined ? [] : [{ ...idempotency, bookingId: id }],
    );
    if (claims.length === 0) return named;
    const earlier = await this.#options.claimKeys(claims);
    const earlierOf = new Map(claims.map((claim, index) => [claim.bookingId, earlier[index]]));
    return named.filter(({ id, request }) => {
      const claimed = earlierOf.get(id);
      if (claimed !== undefined) request.onClaimed?.(claimed);
      return claimed === undefined;
    });
  }
}

interface NamedRequest {
  readonly id: string;
  readonly request: LaneRequest;
}

/** As many different random tails, none of them zero: that one is the job's own. */
function newTails(count: number): number[] {
  const tails = new Set<number>();
  while (tails.size < count) {
    const missing = count - tails.size;
    const bits = randomFillSync(new Uint32Array(2 * missing));
    for (let n = 0; n < missing; n++) {
      const tail = ((bits[2 * n] ?? 0) % tailHighMax) * 2 ** 32 + (bits[2 * n + 1] ?? 0);
      if (tail !== 0) tails.add(tail);
    }
  }
  return [...tails];
}

/** How many values the bits of a tail above its lowest 32 have: a power of two. */
const tailHighMax = (tailMax + 1) / 2 ** 32;
