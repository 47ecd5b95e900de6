import type { Comparison } from '../comparison/compare.js';
import type { ChosenTuning } from '../comparison/tuning.js';

/** Rates that were not measured over HTTP, round by round. */
export interface RateTable {
  readonly id: string;
  readonly title: string;
  readonly work: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly name: string;
    readonly title: string;
    readonly rates: readonly number[];
  }[];
}

export interface PartResult {
  readonly comparisons?: readonly Comparison[];
  readonly rates?: readonly RateTable[];
  readonly tunings?: readonly ChosenTuning[];
  readonly peakMemory?: Readonly<Record<string, readonly number[]>>;
}
