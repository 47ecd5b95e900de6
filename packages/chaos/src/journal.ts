import type { FaultKind } from './faults/fault.js';

/** From when to when, in Unix ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A fault as it happened. */
export interface FaultRecord extends Span {
  readonly kind: FaultKind;
}

/** A worker that was killed, and the lanes it had. */
export interface WorkerDeath {
  readonly atMs: number;
  readonly lanes: readonly number[];
}

/** What was done to a deployment in one run. */
export class Journal {
  readonly faults: FaultRecord[] = [];
  readonly deaths: WorkerDeath[] = [];
  /** When the queue lost all that was in it; each begins before and ends after. */
  readonly emptied: Span[] = [];
  /** The fault that is under way, for people. */
  current: FaultKind | undefined;
}
