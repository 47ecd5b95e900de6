import cliProgress from 'cli-progress';
import { count, faultsText, milliseconds, seconds } from './summary.js';
import type { SaleProgress } from './tally.js';

/** Shows how a sale goes on. */
export interface Display {
  show(progress: SaleProgress): void;
  /** Leaves the last state on the screen. */
  stop(): void;
}

const barWidth = 20;
/** The rate is that of this long: long enough to be steady, short enough to be live. */
const rateWindowMs = 1_000;
const lineEveryMs = 1_000;

/** A bar that moves in a terminal; anywhere else a line a second. */
export const createDisplay = (out: NodeJS.WriteStream, buyers: number): Display =>
  out.isTTY ? barDisplay(out, buyers) : lineDisplay(out);

function barDisplay(out: NodeJS.WriteStream, buyers: number): Display {
  const bar = new cliProgress.SingleBar({
    stream: out,
    format: `{bar} {percentage}%  {state}`,
    barsize: barWidth,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    linewrap: false,
  });
  const rate = createRate();
  bar.start(buyers, 0, { state: '' });
  return {
    show: (progress) => bar.update(progress.answered, { state: stateText(progress, rate) }),
    stop: () => bar.stop(),
  };
}

function lineDisplay(out: NodeJS.WriteStream): Display {
  const rate = createRate();
  let shownAtMs = 0;
  return {
    show: (progress) => {
      const text = stateText(progress, rate);
      const last = progress.answered + progress.failed === progress.buyers;
      if (!last && progress.elapsedMs - shownAtMs < lineEveryMs) return;
      shownAtMs = progress.elapsedMs;
      out.write(`${count(progress.answered)} of ${count(progress.buyers)}  ${text}\n`);
    },
    stop: () => undefined,
  };
}

function stateText(progress: SaleProgress, rate: (progress: SaleProgress) => number): string {
  const { confirmed, rejected, queued, p50Ms, p99Ms, elapsedMs, faults } = progress;
  return [
    `${count(rate(progress))}/s`,
    `confirmed ${count(confirmed)}`,
    `rejected ${count(rejected)}`,
    ...(queued === 0 ? [] : [`queued ${count(queued)}`]),
    `p50 ${milliseconds(p50Ms)}`,
    `p99 ${milliseconds(p99Ms)}`,
    seconds(elapsedMs),
    ...(faults.size === 0 ? [] : [faultsText(faults)]),
  ].join('  ');
}

/** Answers a second over the last window; over everything while that is shorter. */
function createRate(): (progress: SaleProgress) => number {
  const points: { readonly atMs: number; readonly answered: number }[] = [{ atMs: 0, answered: 0 }];
  return ({ elapsedMs, answered }) => {
    points.push({ atMs: elapsedMs, answered });
    while ((points[1]?.atMs ?? elapsedMs) <= elapsedMs - rateWindowMs) points.shift();
    const [oldest = { atMs: 0, answered: 0 }] = points;
    return ((answered - oldest.answered) / Math.max(elapsedMs - oldest.atMs, 1)) * 1000;
  };
}
