import type { Evidence } from './evidence.js';
import { type Claims, findingsOf, holds, oversold, seatsSold } from './findings.js';
import { checkOrder } from './order.js';
import type { SaleProgress } from './tally.js';

export interface Summary {
  readonly text: string;
  /** Whether everything that must be so is so. */
  readonly proved: boolean;
}

export interface SummaryInput extends Claims {
  readonly progress: SaleProgress;
  readonly evidence: Evidence;
  /** More lines to show, label and value. */
  readonly extra: readonly (readonly [label: string, value: string])[];
}

/** What is shown after a sale: a table and a verdict on one line; what failed stands between. */
export function summarize(input: SummaryInput): Summary {
  const { evidence, progress } = input;
  const failed = findingsOf(input, evidence).filter((finding) => !holds(finding));
  const lines = [
    ...tableOf(input),
    ...failed.map((f) => `  FAILED: ${f.what}: ${count(f.found)}, must be ${count(f.expected)}`),
    failed.length === 0
      ? `PROVED: ${count(seatsSold(evidence))} of ${count(input.seats)} seats sold, every one of ` +
        `${count(input.buyers)} buyers answered in turn, in ${seconds(progress.lastAnswerMs)}.`
      : `NOT PROVED: ${failed.length} of the things that must be so are not.`,
  ];
  return { text: lines.join('\n'), proved: failed.length === 0 };
}

function tableOf(input: SummaryInput): string[] {
  const { evidence, progress, extra } = input;
  const rejected = evidence.decisions.filter((row) => row.outcome === 'rejected').length;
  const perSecond = progress.answered / Math.max(progress.lastAnswerMs / 1000, 0.001);
  const rows: (readonly [string, string])[] = [
    ['sold', `${count(seatsSold(evidence))} of ${count(input.seats)} seats`],
    ['rejected', `${count(rejected)} of ${count(input.buyers)} buyers`],
    ['oversold', count(oversold(input, evidence))],
    ['order', orderText(evidence)],
    ['last answer', `after ${seconds(progress.lastAnswerMs)}, ${count(perSecond)} answers/s`],
    ['latency', `p50 ${milliseconds(progress.p50Ms)}, p99 ${milliseconds(progress.p99Ms)}`],
    ['faults', faultsText(progress.faults)],
    ...extra,
    ['read from', evidence.source],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}

function orderText(evidence: Evidence): string {
  const { outOfOrder, firstOutOfOrder, apiProcesses } = checkOrder(evidence);
  if (outOfOrder > 0) {
    return `broken ${count(outOfOrder)} times, first at sequence ${firstOutOfOrder}`;
  }
  const unit = evidence.acceptedAtPrecision === 'us' ? '' : ', as far as milliseconds tell';
  return `exact${unit} (${apiProcesses} api ${apiProcesses === 1 ? 'process' : 'processes'})`;
}

/** Such as `503 /problems/overloaded × 12`. */
export const faultsText = (faults: ReadonlyMap<string, number>): string =>
  [...faults].map(([what, times]) => `${what} × ${count(times)}`).join(', ') || 'none';

export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const milliseconds = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
