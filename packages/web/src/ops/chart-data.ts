import { type Outcome, outcomes, type Second } from '../api/ops.js';

/** Seconds that the chart shows. */
export const chartSeconds = 60;
const keptMsMax = 2 * chartSeconds * 1000;

/** Both together, in order; of a second that is in both, the larger count: counts only grow. */
export function withSeconds(known: readonly Second[], read: readonly Second[]): readonly Second[] {
  const byTime = new Map(known.map((second) => [second.at, second]));
  for (const second of read) {
    const before = byTime.get(second.at);
    if (before === undefined || totalOf(second) >= totalOf(before)) byTime.set(second.at, second);
  }
  const all = [...byTime.values()].sort((a, b) => a.at.localeCompare(b.at));
  const newest = Date.parse(all.at(-1)?.at ?? '');
  return all.filter(({ at }) => Date.parse(at) > newest - keptMsMax);
}

export const totalOf = (second: Second): number =>
  outcomes.reduce((sum, outcome) => sum + second[outcome], 0);

export interface Column {
  /** Unix time in seconds. */
  readonly second: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly total: number;
}

const nothing = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Column['counts'];

/** The last minute before `now`, a column for each second; the one that runs is left out. */
export function columnsOf(seconds: readonly Second[], now: string): Column[] {
  const byTime = new Map(seconds.map((second) => [Date.parse(second.at) / 1000, second]));
  const last = Math.floor(Date.parse(now) / 1000) - 1;
  return Array.from({ length: chartSeconds }, (_, index) => {
    const second = last - chartSeconds + 1 + index;
    const found = byTime.get(second);
    return { second, counts: found ?? nothing, total: found ? totalOf(found) : 0 };
  });
}

/** The next round number: 1, 2 or 5 times a power of ten; 10 at least. */
export function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(10, value)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= value) ?? value;
}
