let batches = 0;

/**
 * A batch of a lane until it is decided. The next one need not wait for its commit: when both are
 * decided from memory, each is one statement, and a connection runs its statements in turn. Should
 * the database refuse the first, it refuses the second with it.
 *
 * States: deciding → sent → decided or failed. A batch that is refused goes from sent back to deciding.
 */
export class BatchUnderWay {
  /** Names it among the batches of this process. */
  readonly number = batches++;
  /** Rejects when the batch could not be decided. */
  readonly decided: Promise<void>;
  /** Resolves when the next batch can be taken up; rejects like `decided`. */
  readonly left: Promise<void>;
  #tellSent: () => void = () => undefined;
  #state: 'deciding' | 'sent' | 'decided' | 'failed' = 'deciding';

  constructor(decide: (batch: BatchUnderWay) => Promise<void>) {
    const sent = new Promise<void>((resolve) => {
      this.#tellSent = resolve;
    });
    this.decided = decide(this).then(
      () => {
        this.#state = 'decided';
      },
      (error) => {
        this.#state = 'failed';
        throw error;
      },
    );
    this.left = Promise.race([sent, this.decided]);
    // Seen by whoever awaits them.
    this.decided.catch(() => undefined);
    this.left.catch(() => undefined);
  }

  /** Whether all that is missing is the answer to its one statement. */
  get isSent(): boolean {
    return this.#state === 'sent';
  }

  /** Whether a statement that is sent now comes after all of this batch's. */
  get canBeFollowed(): boolean {
    return this.isSent || this.#state === 'decided';
  }

  /** Its one statement was sent. */
  sent(): void {
    this.#state = 'sent';
    this.#tellSent();
  }

  /** The database did not take it: it is decided again. */
  refused(): void {
    this.#state = 'deciding';
  }
}
