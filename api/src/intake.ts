import type { ServerResponse } from 'node:http';
import { acceptedAnewFromUs, type BookCommand, type Command } from '@stile/core';
import type { ClaimedKey, IdempotencyClaim } from '@stile/db';
import {
  createAcceptanceClock,
  LaneProducer,
  type LaneProducerOptions,
  type NewCommand,
  type OpenLanes,
  type Origin,
  type Outcome,
  type OutcomeListener,
} from '@stile/queue';

type WithoutAcceptedAt<C> = C extends NewCommand ? Omit<C, 'acceptedAtUs'> : never;

/** A command as a route makes it: its section exists and is in the lane it is submitted to. */
export type RouteCommand = WithoutAcceptedAt<NewCommand>;

/** The response that a client waits for: closed when it was sent, or when the client is gone. */
export type WaitingClient = Pick<ServerResponse, 'destroyed' | 'once'>;

export interface SubmitOptions {
  /** Milliseconds to wait for the outcome; 0 only until the command is safely queued. */
  readonly waitMs: number;
  /** Nobody waits any longer when this one is gone. */
  readonly client?: WaitingClient;
  readonly idempotency?: IdempotencyClaim | undefined;
  /** The request that the command came with, for logs and traces. */
  readonly origin?: Origin;
}

interface Accepted {
  readonly id: string;
  readonly acceptedAtUs: number;
}

/** What is known of a command when its client is answered. */
export type IntakeAnswer =
  | (Accepted & { readonly kind: 'queued' })
  | (Accepted & {
      readonly kind: 'decided';
      readonly decidedAtUs: number;
      readonly outcome: Outcome;
    })
  /** An earlier request has the idempotency key; this one was not accepted. */
  | { readonly kind: 'claimed'; readonly earlier: ClaimedKey };

export type IntakeOptions = Omit<LaneProducerOptions, 'lane' | 'queue' | 'rate'> & {
  readonly lanes: OpenLanes;
};

/**
 * Hands commands to the producer of their lane and waits for as much as the client asked for: the
 * queue's word, or the outcome.
 */
export class Intake {
  readonly #producers: LaneProducer[] = [];
  readonly #acceptedAtUs = createAcceptanceClock();
  readonly #outcomes: OutcomeListener;
  /** Ends the wait of each client that waits for an outcome. */
  readonly #waits = new Set<() => void>();
  #isStopping = false;

  readonly #lanes: OpenLanes;

  constructor({ lanes, ...options }: IntakeOptions) {
    this.#lanes = lanes;
    this.#outcomes = options.outcomes;
    lanes.onOpened(({ lane, queue, rate }) => {
      this.#producers[lane] = new LaneProducer({ ...options, lane, queue, rate });
    });
  }

  /**
   * Accepts a command. Resolves when it is safely queued, or with the outcome when the client
   * waits and it comes in time. Throws `OverloadedError`, or what the queue threw: then the
   * command was not accepted.
   */
  submit(lane: number, command: RouteCommand, options: SubmitOptions): Promise<IntakeAnswer> {
    const { waitMs, idempotency, client, origin } = options;
    const waits = waitMs > 0 && !this.#isStopping;
    const producer = this.#producer(lane);
    const acceptedAtUs = this.#acceptedAtUs();
    return new Promise((resolve, reject) => {
      let decided = false;
      let waitNoLonger: (() => void) | undefined;
      producer.submit({
        command: { ...command, acceptedAtUs } as NewCommand,
        ...(idempotency === undefined ? {} : { idempotency }),
        ...(origin === undefined ? {} : { origin }),
        onRefused: reject,
        onClaimed: (earlier) => resolve({ kind: 'claimed', earlier }),
        onAccepted: (id) => {
          if (decided) return;
          if (!waits) return resolve({ kind: 'queued', id, acceptedAtUs });
          waitNoLonger = this.#wait(waitMs, client, () => {
            this.#outcomes.giveUp(id);
            resolve({ kind: 'queued', id, acceptedAtUs });
          });
        },
        ...(waits && {
          onOutcome: (id: string, outcome: Outcome, decidedAtUs: number) => {
            decided = true;
            resolve({ kind: 'decided', id, acceptedAtUs, decidedAtUs, outcome });
            waitNoLonger?.();
          },
        }),
      });
    });
  }

  /**
   * Calls `onVain` after `waitMs`, or when the client is gone, or nobody shall wait any longer;
   * unless what it returns is called before.
   */
  #wait(waitMs: number, client: WaitingClient | undefined, onVain: () => void): () => void {
    const end = () => {
      clearTimeout(timer);
      return this.#waits.delete(endInVain);
    };
    const endInVain = () => {
      if (end()) onVain();
    };
    const timer = setTimeout(endInVain, waitMs);
    this.#waits.add(endInVain);
    client?.once('close', endInVain);
    if (this.#isStopping || client?.destroyed === true) endInVain();
    return end;
  }

  /** Clients that wait for an outcome now. */
  get waiting(): number {
    return this.#waits.size;
  }

  /** True once nobody shall wait any longer. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Tells everybody who waits that the command is queued, from now on without a wait. */
  stopWaiting(): void {
    this.#isStopping = true;
    for (const endInVain of this.#waits) endInVain();
  }

  /**
   * Submits a command that is no request to book and waits for its outcome. Sent again should the
   * news of it be missed: doing it twice is doing it once. Undefined when it takes longer.
   */
  async outcomeOf(
    lane: number,
    command: Exclude<RouteCommand, { kind: 'book' }>,
    { waitMs, client, origin }: Omit<SubmitOptions, 'idempotency'>,
  ): Promise<Outcome | undefined> {
    const deadlineMs = performance.now() + waitMs;
    for (;;) {
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return undefined;
      const answer = await this.submit(lane, command, {
        waitMs: leftMs,
        ...(client && { client }),
        ...(origin && { origin }),
      });
      if (answer.kind !== 'decided') return undefined;
      if (answer.outcome.kind !== 'missed') return answer.outcome;
    }
  }

  /** Enqueues a booking again whose job the queue has lost; it is accepted anew, now. */
  async enqueueAgain(lane: number, command: Omit<BookCommand, 'acceptedAtUs'>): Promise<Command> {
    // The clock may have been set back since its id was made: it is stamped as accepted anew all the same.
    const acceptedAtUs = Math.max(this.#acceptedAtUs(), acceptedAnewFromUs(command.id));
    const again = { ...command, acceptedAtUs };
    await this.#producer(lane).enqueueAgain(again);
    return again;
  }

  /** Seconds after which asking for what is queued in this lane makes sense: 1, or as measured. */
  pollAfterSeconds(lane: number): number {
    return this.#producer(lane).pollAfterSeconds;
  }

  /** Resolves when every command taken so far has been queued or refused. */
  async drain(): Promise<void> {
    await Promise.all(this.#producers.map((producer) => producer.drain()));
  }

  #producer(lane: number): LaneProducer {
    this.#lanes.at(lane); // Opened now when it is new.
    return this.#producers[lane] as LaneProducer;
  }
}
