import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency, LoadResult } from './load-spec.js';
import type { PlannedRequest } from './planned-requests.js';

/** When the counted window begins and ends, by `performance.now()`. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

const isRead = 200;
const isConfirmed = 201;
const isRejected = 409;

/** Counts the answers of a run. What is answered outside of the window counts for no rate. */
export class LoadTally {
  #window: Window = { fromMs: Number.POSITIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  readonly #startedAtMs = performance.now();
  readonly #latencyUs = createHistogram();
  readonly #readLatencyUs = createHistogram();
  readonly #failures: Record<string, number> = {};
  #confirmed = 0;
  #rejected = 0;
  #outcomesInWindow = 0;
  #readsInWindow = 0;
  #unsent = 0;
  #lastOutcomeMs = this.#startedAtMs;

  /** Before it is called answers count for what was confirmed and rejected, and for no rate. */
  openWindow(window: Window): void {
    this.#window = window;
  }

  answered({ kind }: PlannedRequest, status: number, dueMs: number): void {
    const nowMs = performance.now();
    const inWindow = nowMs >= this.#window.fromMs && nowMs <= this.#window.toMs;
    const counts = dueMs >= this.#window.fromMs;
    if (kind === 'read' && status === isRead) {
      if (inWindow) this.#readsInWindow++;
      if (counts) record(this.#readLatencyUs, nowMs - dueMs);
    } else if (kind === 'book' && (status === isConfirmed || status === isRejected)) {
      if (status === isConfirmed) this.#confirmed++;
      else this.#rejected++;
      this.#lastOutcomeMs = nowMs;
      if (inWindow) this.#outcomesInWindow++;
      if (counts) record(this.#latencyUs, nowMs - dueMs);
    } else this.failed(String(status));
  }

  failed(cause: string): void {
    this.#failures[cause] = (this.#failures[cause] ?? 0) + 1;
  }

  /** It waited this long at least, and would have waited longer. */
  neverSent(dueMs: number): void {
    this.#unsent++;
    record(this.#latencyUs, performance.now() - dueMs);
  }

  result(generatorBusy: number): LoadResult {
    const { fromMs, toMs } = this.#window;
    const endMs = Math.min(toMs, performance.now());
    const seconds = (endMs - fromMs) / 1000;
    return {
      seconds,
      outcomesPerSecond: this.#outcomesInWindow / seconds,
      readsPerSecond: this.#readsInWindow / seconds,
      latency: latencyOf(this.#latencyUs),
      readLatency: latencyOf(this.#readLatencyUs),
      confirmed: this.#confirmed,
      rejected: this.#rejected,
      failures: this.#failures,
      unsent: this.#unsent,
      lastOutcomeSeconds: (this.#lastOutcomeMs - this.#startedAtMs) / 1000,
      generatorBusy,
    };
  }
}

const record = (histogram: RecordableHistogram, ms: number): void =>
  histogram.record(Math.max(1, Math.round(ms * 1000)));

function latencyOf(histogramUs: RecordableHistogram): Latency {
  if (histogramUs.count === 0) return { count: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };
  const at = (percentile: number) => histogramUs.percentile(percentile) / 1000;
  return {
    count: histogramUs.count,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p999: at(99.9),
    max: histogramUs.max / 1000,
  };
}
