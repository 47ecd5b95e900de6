import type { DecidedJob } from './decide-jobs.js';

/** The jobs of a batch that are settled while the lane goes on. */
export class Settling {
  #settling: Promise<void> = Promise.resolve();

  /** Settles the jobs; call it when those before are done. */
  start(decided: readonly DecidedJob[]): void {
    this.#settling = settle(decided);
    this.#settling.catch(() => undefined); // Seen by whoever awaits it next.
  }

  /** Resolves when the jobs are settled; a failure is told once. */
  async done(): Promise<void> {
    const settling = this.#settling;
    this.#settling = Promise.resolve();
    await settling;
  }
}

/**
 * One after the other: on PostgreSQL each also deletes the finished jobs that are too many, and two
 * at once may deadlock over those.
 */
async function settle(decided: readonly DecidedJob[]): Promise<void> {
  for (const { job, returnValue } of decided) await job.settle(returnValue);
}
