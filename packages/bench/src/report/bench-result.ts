import type { Comparison } from '../comparison/compare.js';
import type { Sizes } from '../comparison/sizes.js';
import type { ChosenTuning } from '../comparison/tuning.js';
import type { RateTable } from '../parts/part-result.js';
import type { Machine } from './machine.js';

/** Everything that a run measured, as it is written to results.json. */
export interface BenchResult {
  readonly startedAt: string;
  readonly minutes: number;
  /** Of the command line. */
  readonly options: readonly string[];
  readonly machine: Machine;
  readonly sizes: Sizes;
  readonly tunings: readonly ChosenTuning[];
  readonly comparisons: readonly Comparison[];
  readonly rates: readonly RateTable[];
  /** Most memory that each of Stile's processes and peers had, in bytes, by its name. */
  readonly peakMemory: Readonly<Record<string, readonly number[]>>;
}
