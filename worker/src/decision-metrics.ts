import type { BatchResult } from '@stile/core';
import { TallyHistogram } from '@stile/telemetry';
import { Counter, type Registry } from 'prom-client';
import type { CommittedBatch } from './decide-jobs.js';
import { type OutcomeWord, outcomeWord, outcomeWords } from './outcome-word.js';

const secondsFromAcceptance = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300,
];
const secondsOfTransaction = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 4];
const secondsLate = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 600];
const batchSizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_000, 10_000];

/**
 * Counts what this worker decides. Called once for each committed batch; of each command it adds
 * up two small numbers.
 */
export class DecisionMetrics {
  readonly #decided: Counter<'outcome'>;
  readonly #fromAcceptance;
  readonly #transaction;
  readonly #batchCommands;
  readonly #batchJobs;
  readonly #expiryLag;

  constructor(registry: Registry) {
    const registers = [registry];
    const tally = (name: string, help: string, buckets: readonly number[]) =>
      new TallyHistogram({ name, help, buckets, registers }).tally();
    this.#decided = new Counter({
      name: 'stile_decided_total',
      help: 'Commands decided, by what became of them; rejections by their reason.',
      labelNames: ['outcome'],
      registers,
    });
    for (const outcome of outcomeWords) this.#decided.inc({ outcome }, 0);
    this.#fromAcceptance = tally(
      'stile_accept_to_decision_seconds',
      'Time from the acceptance of a recorded command to the commit of its decision.',
      secondsFromAcceptance,
    );
    this.#transaction = tally(
      'stile_decision_seconds',
      'Time that one decision transaction took, with both its round trips.',
      secondsOfTransaction,
    );
    this.#batchCommands = tally(
      'stile_batch_commands',
      'Commands decided in one transaction.',
      batchSizes,
    );
    this.#batchJobs = tally('stile_batch_jobs', 'Jobs decided in one transaction.', batchSizes);
    this.#expiryLag = tally(
      'stile_hold_expiry_lag_seconds',
      'Time from the end of a hold until its seats were free again; counts the holds that expired.',
      secondsLate,
    );
  }

  committed({ jobs, result, startedAtMs, committedAtMs }: CommittedBatch): void {
    this.#transaction.observe((committedAtMs - startedAtMs) / 1000);
    this.#batchCommands.observe(result.verdicts.length);
    this.#batchJobs.observe(jobs.length);
    this.#observeEntries(result, committedAtMs);
    const counts = new Map<OutcomeWord, number>();
    for (const verdict of result.verdicts) {
      const outcome = outcomeWord(verdict);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    for (const [outcome, count] of counts) this.#decided.inc({ outcome }, count);
  }

  #observeEntries({ entries }: BatchResult, committedAtMs: number): void {
    for (const { acceptedAtUs, outcome, expiresAtUs } of entries) {
      // The clocks of two machines may differ by more than the decision took.
      this.#fromAcceptance.observe(Math.max(0, committedAtMs - acceptedAtUs / 1000) / 1000);
      if (outcome === 'expired' && expiresAtUs !== null) {
        this.#expiryLag.observe(Math.max(0, committedAtMs - expiresAtUs / 1000) / 1000);
      }
    }
  }
}
