/** Milliseconds after which a job whose outcome was not heard counts no more: its clients are gone. */
const heardWithinMs = 1_000;

/**
 * The jobs of one producer whose outcomes it has not heard yet. One is being decided, so with two of
 * them another job would only wait behind the second: what it would carry may as well gather.
 */
export class JobsUnderWay {
  readonly #addedAtMs = new Map<string, number>();

  get count(): number {
    const oldestMs = performance.now() - heardWithinMs;
    for (const [jobId, addedAtMs] of this.#addedAtMs) {
      if (addedAtMs >= oldestMs) break; // They are in the order in which they were added.
      this.#addedAtMs.delete(jobId);
    }
    return this.#addedAtMs.size;
  }

  added(jobId: string): void {
    this.#addedAtMs.set(jobId, performance.now());
  }

  /** True for the first outcome of a job, and whenever it counts no more. */
  heard(jobId: string): boolean {
    return this.#addedAtMs.delete(jobId);
  }
}
