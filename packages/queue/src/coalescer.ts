/** What a coalescer does with the requests it has gathered. Must settle; may throw. */
export type Send<Request> = (requests: readonly Request[]) => Promise<void>;

export interface CoalescerOptions<Request> {
  readonly send: Send<Request>;
  /** Called with the requests of a send that threw. */
  readonly onFailed: (requests: readonly Request[], error: unknown) => void;
  readonly batchSizeMax: number;
  readonly pendingMax: number;
  /** Milliseconds to gather before the next send at most, asked each time; 0 sends at once. */
  readonly lingerMs: () => number;
}

/**
 * Natural batching: while one send is under way, whatever arrives is gathered; when it returns,
 * all of that goes out in one. Alone, a request leaves at once; in a rush batches grow by
 * themselves. One send at a time, so requests leave in the order they came.
 *
 * States: idle → (add) → sending ⇄ gathering → idle.
 * After Kafka's producer, which groups what arrives while a request is in flight.
 */
export class Coalescer<Request> {
  readonly #options: CoalescerOptions<Request>;
  #pending: Request[] = [];
  #sending: Promise<void> | undefined;
  #endLinger: (() => void) | undefined;

  constructor(options: CoalescerOptions<Request>) {
    this.#options = options;
  }

  /** Requests that have not left yet. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Takes a request; false, and nothing taken, when `pendingMax` are waiting already. */
  add(request: Request): boolean {
    if (this.#pending.length >= this.#options.pendingMax) return false;
    this.#pending.push(request);
    this.#sending ??= this.#run();
    if (this.#pending.length >= this.#options.batchSizeMax) this.hurry();
    return true;
  }

  /** Sends what is gathered now: what it lingered for has come. */
  hurry(): void {
    this.#endLinger?.();
  }

  /** Resolves when everything taken so far has been sent or has failed. */
  async drain(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
  }

  async #run(): Promise<void> {
    // To the end of this turn of the event loop: what the same poll brought goes out together.
    await new Promise(setImmediate);
    while (this.#pending.length > 0) {
      await this.#linger();
      const batch = this.#pending.splice(0, this.#options.batchSizeMax);
      try {
        await this.#options.send(batch);
      } catch (error) {
        this.#options.onFailed(batch, error);
      }
    }
    // In the same step as the last look at what is pending: a request can't slip in between.
    this.#sending = undefined;
  }

  async #linger(): Promise<void> {
    const lingerMs = this.#options.lingerMs();
    if (lingerMs <= 0 || this.#pending.length >= this.#options.batchSizeMax) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lingerMs);
      this.#endLinger = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endLinger = undefined;
  }
}
