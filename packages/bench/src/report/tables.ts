import type { Comparison } from '../comparison/compare.js';
import type { ChosenTuning } from '../comparison/tuning.js';
import type { RateTable } from '../parts/part-result.js';
import { strategies } from '../peers/strategies.js';
import { figure, orDash, spreadFigure } from './figures.js';
import { spreadOf } from './spread.js';
import { type Standing, standings } from './standing.js';
import type { Table } from './table.js';

/** Rates, ratios, latencies and failures of a comparison. */
export function comparisonTable(comparison: Comparison): Table {
  const all = standings(comparison);
  const withLimit = all.some(({ toLimit }) => toLimit !== undefined);
  const withPeers = all.some(({ toBestPeer }) => toBestPeer !== undefined);
  const withReads = all.some(({ readRate }) => readRate.max > 0);
  const isSale = comparison.id === 'sale';
  const column = (shown: boolean, text: string): string[] => (shown ? [text] : []);
  return {
    title: comparison.title,
    note: comparison.work,
    head: [
      ...['', 'outcomes/s'],
      ...column(withReads, 'reads/s'),
      ...column(withPeers, '÷ best peer'),
      ...column(withLimit, '÷ only validating'),
      ...column(isSale, 'last answer, s'),
      ...['p50 ms', 'p99 ms', 'failed'],
    ],
    rows: all.map((standing) => [
      ...[standing.row.title, spreadFigure(standing.rate)],
      ...column(withReads, spreadFigure(standing.readRate)),
      ...column(withPeers, orDash(standing.toBestPeer)),
      ...column(withLimit, orDash(standing.toLimit)),
      ...column(isSale, lastAnswer(standing)),
      ...[figure(standing.p50Ms.median), figure(standing.p99Ms.median), figure(standing.failures)],
    ]),
  };
}

/** Seconds, or how far it came in the time it had. */
function lastAnswer({ row, lastOutcomeSeconds }: Standing): string {
  const [round] = row.rounds;
  if (round === undefined) return '–';
  const answered = round.load.confirmed + round.load.rejected;
  const seconds = figure(lastOutcomeSeconds.median);
  return isFinished(row) ? seconds : `not done in ${seconds}: ${figure(answered)} answered`;
}

/** Whether every request of a sale was answered: a seat sold out is an answer too. */
export const isFinished = ({ rounds }: Standing['row']): boolean =>
  rounds.every(({ load, askedFor }) => load.confirmed + load.rejected >= (askedFor ?? 0));

/** CPU and bytes for each outcome. */
export function costTable(comparison: Comparison): Table {
  return {
    title: `What it costs: ${comparison.title.toLowerCase()}`,
    note: 'CPU seconds for 1,000 outcomes; bytes for each',
    head: ['', 'CPU s, its processes', 'CPU s, PostgreSQL and Redis', 'WAL bytes', 'Redis bytes'],
    rows: standings(comparison).map((standing) => [
      standing.row.title,
      figure(standing.cpuSeconds),
      figure(standing.serverCpuSeconds),
      figure(standing.walBytes),
      figure(standing.redisBytes),
    ]),
  };
}

export function rateTable({ title, work, unit, rows }: RateTable): Table {
  return {
    title,
    note: work,
    head: ['', unit],
    rows: rows.map(({ title, rates }) => [title, spreadFigure(spreadOf(rates))]),
  };
}

/** What every peer was tried with, and what it was left with. */
export function tuningTable(tunings: readonly ChosenTuning[]): Table {
  return {
    title: 'How the peers were tuned',
    note: 'outcomes/s with so many servers × connections of each (/ delay before another try); the best was taken',
    head: ['', 'for', 'taken', 'tried'],
    rows: tunings.map(({ peer, work, chosen, tried }) => {
      const strategy = strategies[peer as keyof typeof strategies];
      const text = ({ processes, poolMax, retryDelayMs }: ChosenTuning['chosen']) =>
        `${processes} × ${poolMax}${strategy.retries ? ` / ${retryDelayMs} ms` : ''}`;
      const list = tried.map(
        ({ tuning, outcomesPerSecond }) => `${text(tuning)}: ${figure(outcomesPerSecond)}`,
      );
      return [strategy.title, work, text(chosen), list.join(', ')];
    }),
  };
}
