import type { Comparison, ComparisonRow } from '../comparison/compare.js';
import type { Measurement } from '../comparison/measurement.js';
import type { BenchResult } from './bench-result.js';
import { figure, orDash } from './figures.js';
import { type Spread, spreadOf } from './spread.js';
import { bestPeer, ratioSpread } from './standing.js';
import type { Table } from './table.js';

/** What was to be reached, and what the run says. */
export interface Target {
  readonly what: string;
  readonly bound: { readonly kind: 'at least' | 'at most'; readonly value: number };
  /** Undefined when the run had no part that tells. */
  readonly reached: Spread | undefined;
  /**
   * What the handler that only validates reached in Stile's place, where that can be compared: nothing
   * behind this server gets further.
   */
  readonly validatesOnly?: Spread | undefined;
  /** Why it may be out of reach. */
  readonly boundedBy: string;
}

/** By the median; undefined when it was not measured. */
export const isReached = ({ bound, reached }: Target): boolean | undefined => {
  if (reached === undefined) return undefined;
  return bound.kind === 'at least' ? reached.median >= bound.value : reached.median <= bound.value;
};

/** The targets of the project, by the engine that it sets them for: Redis. */
export function targetsOf(result: BenchResult): Target[] {
  const comparison = (id: string) => result.comparisons.find((one) => one.id === id);
  const row = (id: string, name: string) =>
    comparison(id)?.rows.find((candidate) => candidate.name === name);
  const redis = (id: string) => row(id, 'stile-redis');
  const best = (id: string) => bestOf(comparison(id));
  const atLeast = (value: number) => ({ kind: 'at least', value }) as const;
  const atMost = (value: number) => ({ kind: 'at most', value }) as const;
  return [
    {
      what: 'One hot section: outcomes/s ÷ best peer',
      bound: atLeast(10),
      reached: ratioSpread(redis('hot'), best('hot')),
      validatesOnly: ratioSpread(row('hot', 'validate-only'), best('hot')),
      boundedBy:
        'clients, api, worker and servers share the cores; a peer uses the same cores and waits more',
    },
    {
      what: 'One hot section: outcomes/s ÷ only validating',
      bound: atLeast(0.6),
      reached: ratioSpread(redis('hot'), row('hot', 'validate-only')),
      boundedBy:
        'the worker, PostgreSQL and Redis take their share of the cores on which the handler that only validates runs alone',
    },
    {
      what: "One hot section: p99 ÷ best peer's",
      bound: atMost(0.2),
      reached: ratioSpread(redis('hot'), best('hot'), p99),
      validatesOnly: ratioSpread(row('hot', 'validate-only'), best('hot'), p99),
      boundedBy: 'a closed loop of 256 clients makes latency the inverse of the rate',
    },
    {
      what: "Without HTTP: decisions/s ÷ PostgreSQL's bulk rate",
      bound: atLeast(0.5),
      reached: ratesRatio(result, 'stile-redis-without-http', 'postgres-bulk'),
      boundedBy: 'the bulk rate makes its rows inside PostgreSQL and sends none',
    },
    {
      what: "One client alone: p50 ÷ FOR UPDATE's, in 2 round trips",
      bound: atMost(1.5),
      reached: ratioSpread(redis('connections-1'), row('connections-1', 'for-update'), p50),
      boundedBy:
        'a request crosses two processes and the queue, which writes to disk before it answers',
    },
    {
      what: "One client alone: p50 ÷ FOR UPDATE's, in 5 round trips",
      bound: atMost(1.5),
      reached: ratioSpread(redis('connections-1'), row('connections-1', 'for-update-awaited'), p50),
      boundedBy: 'the same',
    },
    {
      what: 'Servers 2 ms away: outcomes/s ÷ best peer',
      bound: atLeast(15),
      reached: ratioSpread(redis('far-hot'), best('far-hot')),
      // It asks no server, so it is measured near only.
      validatesOnly: ratioSpread(row('hot', 'validate-only'), best('far-hot')),
      boundedBy: 'the best peer there holds the row for one commit only, as Stile does for a batch',
    },
    {
      what: "Servers 2 ms away, one client: p50 ÷ FOR UPDATE's, in 2 round trips",
      bound: atMost(2),
      reached: ratioSpread(redis('far-alone'), row('far-alone', 'for-update'), p50),
      boundedBy: 'enqueue, fetch, two for the decision and the outcome are five trips against two',
    },
    {
      what: "Servers 2 ms away, one client: p50 ÷ FOR UPDATE's, in 5 round trips",
      bound: atMost(2),
      reached: ratioSpread(redis('far-alone'), row('far-alone', 'for-update-awaited'), p50),
      boundedBy: 'the same, against five trips',
    },
    {
      what: '1,000 sections by Zipf: outcomes/s ÷ best peer',
      bound: atLeast(5),
      reached: ratioSpread(redis('sections-1000'), best('sections-1000')),
      validatesOnly: ratioSpread(row('sections-1000', 'validate-only'), best('sections-1000')),
      boundedBy:
        'a peer with many sections is no longer held up by one row, and uses the cores as well',
    },
    {
      what: "500 seats, many buyers: best peer's last answer ÷ Stile's",
      bound: atLeast(8),
      reached: ratioSpread(redis('sale'), best('sale')),
      boundedBy:
        'when the seats are gone a peer stores nothing for those it turns away; Stile stores a booking and a row of the ledger for each of them',
    },
    {
      what: 'Most sections ÷ one section: outcomes/s',
      bound: atLeast(0.85),
      reached: endToEnd(comparison('growth-sections')),
      boundedBy:
        'with more than one section all lanes work, each in smaller batches (see the lanes below); sections must be looked up, and each in a batch is a row to lock and to write',
    },
    {
      what: 'Most rows stored before ÷ none: outcomes/s',
      bound: atLeast(0.85),
      reached: endToEnd(comparison('growth-rows')),
      boundedBy: 'indexes grow deeper, and no longer fit into the memory that PostgreSQL is given',
    },
    {
      what: 'PostgreSQL engine ÷ Redis engine: outcomes/s, one hot section',
      bound: atLeast(0.6),
      reached: ratioSpread(row('hot', 'stile-postgres'), redis('hot')),
      boundedBy: "the queue's rows are written to the same log as the bookings",
    },
  ];
}

export function targetTable(targets: readonly Target[]): Table {
  const words = { true: 'yes', false: 'no', undefined: 'not measured' };
  return {
    title: 'Target and reached',
    note: 'Redis engine, medians of the ratios of each round',
    head: ['', 'target', 'reached', 'only validating', ''],
    rows: targets.map((target) => [
      target.what,
      `${target.bound.kind} ${figure(target.bound.value)}`,
      orDash(target.reached),
      orDash(target.validatesOnly),
      words[`${isReached(target)}`],
    ]),
  };
}

const p50 = ({ load }: Measurement): number => load.latency.p50;
const p99 = ({ load }: Measurement): number => load.latency.p99;

const bestOf = (comparison: Comparison | undefined): ComparisonRow | undefined =>
  comparison === undefined ? undefined : bestPeer(comparison);

/** The last point of what grows, divided by the first. */
const endToEnd = (comparison: Comparison | undefined): Spread | undefined =>
  ratioSpread(comparison?.rows.at(-1), comparison?.rows[0]);

function ratesRatio(result: BenchResult, above: string, below: string): Spread | undefined {
  const rows = result.rates.find(({ id }) => id === 'limits')?.rows;
  const of = (name: string) => rows?.find((row) => row.name === name)?.rates ?? [];
  const divisors = of(below);
  const ratios = of(above).flatMap((rate, round) => {
    const divisor = divisors[round];
    return divisor === undefined ? [] : [rate / divisor];
  });
  return ratios.length === 0 ? undefined : spreadOf(ratios);
}
