import { createHistogram } from 'node:perf_hooks';
import type { ToldStatus } from './buyer.js';

/** How a sale stands: what the progress shows, and in the end the summary. */
export interface SaleProgress {
  readonly elapsedMs: number;
  readonly buyers: number;
  /** Buyers who know their outcome. */
  readonly answered: number;
  readonly confirmed: number;
  readonly rejected: number;
  /** Requests that were accepted, and whose outcome their buyer does not know yet. */
  readonly queued: number;
  /** Buyers who never will know. */
  readonly failed: number;
  /** From a buyer's first request to its outcome; 0 before the first. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From the first request to the last outcome so far. */
  readonly lastAnswerMs: number;
  /** Answers that should not be, and how often they came: `503 /problems/overloaded`. */
  readonly faults: ReadonlyMap<string, number>;
}

/** Counts outcomes and faults, and remembers what each client was told. */
export class Tally {
  /** By booking id; `queued` was promised an answer and has none yet. */
  readonly told = new Map<string, ToldStatus | 'queued'>();
  readonly #buyers: number;
  readonly #startedAtMs = performance.now();
  readonly #latencyUs = createHistogram();
  readonly #faults = new Map<string, number>();
  #confirmed = 0;
  #rejected = 0;
  #failed = 0;
  #lastAnswerMs = 0;

  constructor(buyers: number) {
    this.#buyers = buyers;
  }

  queued(bookingId: string): void {
    this.told.set(bookingId, 'queued');
  }

  decided(bookingId: string, status: ToldStatus, startedAtMs: number): void {
    const nowMs = performance.now();
    this.told.set(bookingId, status);
    this.#latencyUs.record(Math.max(1, Math.round((nowMs - startedAtMs) * 1000)));
    this.#lastAnswerMs = nowMs - this.#startedAtMs;
    if (status === 'confirmed') this.#confirmed++;
    else this.#rejected++;
  }

  fault(what: string): void {
    this.#faults.set(what, (this.#faults.get(what) ?? 0) + 1);
  }

  failed(): void {
    this.#failed++;
  }

  progress(): SaleProgress {
    const answered = this.#confirmed + this.#rejected;
    const percentileMs = (percent: number): number =>
      answered === 0 ? 0 : this.#latencyUs.percentile(percent) / 1000;
    return {
      elapsedMs: performance.now() - this.#startedAtMs,
      buyers: this.#buyers,
      answered,
      confirmed: this.#confirmed,
      rejected: this.#rejected,
      queued: this.told.size - answered,
      failed: this.#failed,
      p50Ms: percentileMs(50),
      p99Ms: percentileMs(99),
      lastAnswerMs: this.#lastAnswerMs,
      faults: new Map(this.#faults),
    };
  }
}
