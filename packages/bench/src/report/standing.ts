import type { Comparison, ComparisonRow } from '../comparison/compare.js';
import type { Measurement } from '../comparison/measurement.js';
import { type Spread, spreadOf } from './spread.js';

/** How one contender of a comparison stands, over all rounds. */
export interface Standing {
  readonly row: ComparisonRow;
  /** Outcomes a second, and reads when there were any. */
  readonly rate: Spread;
  readonly readRate: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  /** Its rate divided by that of the best peer, and of the handler that only validates. */
  readonly toBestPeer: Spread | undefined;
  readonly toLimit: Spread | undefined;
  readonly failures: number;
  readonly lastOutcomeSeconds: Spread;
  /** Per 1,000 outcomes, over all rounds together. */
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number;
  /** Per outcome. */
  readonly walBytes: number;
  readonly redisBytes: number;
}

const rateOf = ({ load }: Measurement): number => load.outcomesPerSecond;

export const rateSpread = ({ rounds }: ComparisonRow): Spread => spreadOf(rounds.map(rateOf));

/** The peer with the highest median rate; undefined where no peer took part. */
export function bestPeer({ rows }: Comparison): ComparisonRow | undefined {
  const peers = rows.filter(({ kind }) => kind === 'peer');
  return peers.reduce<ComparisonRow | undefined>(
    (best, row) =>
      best === undefined || rateSpread(row).median > rateSpread(best).median ? row : best,
    undefined,
  );
}

/** Of one value divided by another in the same round; the spread of the quotients. */
export function ratioSpread(
  above: ComparisonRow | undefined,
  below: ComparisonRow | undefined,
  read: (measurement: Measurement) => number = rateOf,
): Spread | undefined {
  if (above === undefined || below === undefined) return undefined;
  const ratios = above.rounds.flatMap((measurement, round) => {
    const other = below.rounds[round];
    const ratio = other === undefined ? Number.NaN : read(measurement) / read(other);
    return Number.isFinite(ratio) ? [ratio] : [];
  });
  return ratios.length === 0 ? undefined : spreadOf(ratios);
}

/** Everybody's standing, in the order of the comparison. */
export function standings(comparison: Comparison): Standing[] {
  const best = bestPeer(comparison);
  const limit = comparison.rows.find(({ kind }) => kind === 'limit');
  return comparison.rows.map((row) => {
    const over = (read: (measurement: Measurement) => number) => spreadOf(row.rounds.map(read));
    const sum = (read: (measurement: Measurement) => number) =>
      row.rounds.reduce((total, measurement) => total + read(measurement), 0);
    const outcomes = sum(({ load }) => load.confirmed + load.rejected);
    return {
      row,
      rate: rateSpread(row),
      readRate: over(({ load }) => load.readsPerSecond),
      p50Ms: over(({ load }) => load.latency.p50),
      p99Ms: over(({ load }) => load.latency.p99),
      toBestPeer: ratioSpread(row, best),
      toLimit: ratioSpread(row, limit),
      failures: sum(({ failures }) => failures),
      lastOutcomeSeconds: over(({ load }) => load.lastOutcomeSeconds),
      cpuSeconds: (sum(({ costs }) => costs.processCpu) / outcomes) * 1000,
      serverCpuSeconds: (sum(({ costs }) => costs.postgresCpu + costs.redisCpu) / outcomes) * 1000,
      walBytes: sum(({ costs }) => costs.walBytes) / outcomes,
      redisBytes: sum(({ costs }) => costs.redisBytes) / outcomes,
    };
  });
}
