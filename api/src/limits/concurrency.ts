import { ProblemError } from '../problems.js';

const retryAfterSeconds = 1;

/** Counts what is under way at the same time, by subject, in this process. */
export class Concurrency {
  readonly #what: string;
  readonly #max: number;
  readonly #running = new Map<string, number>();

  /** `what` names it to the client who has too many: requests that wait, streams. */
  constructor(what: string, max: number) {
    this.#what = what;
    this.#max = max;
  }

  /** Begins one; call what it returns when it has ended, once. Throws a 429 when it is one too many. */
  enter(subject: string): () => void {
    const running = this.#running.get(subject) ?? 0;
    if (running >= this.#max) {
      throw new ProblemError('rate-limited', {
        detail: `${this.#max} ${this.#what} at a time; end one, or ask without.`,
        retryAfterSeconds,
      });
    }
    this.#running.set(subject, running + 1);
    return () => {
      const left = (this.#running.get(subject) ?? 1) - 1;
      if (left === 0) this.#running.delete(subject);
      else this.#running.set(subject, left);
    };
  }
}
