import type { Measurement } from './measurement.js';

/** Measurements of several things under the same work, round by round. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** What was asked of each, in a sentence. */
  readonly work: string;
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly name: string;
  readonly title: string;
  readonly kind: 'stile' | 'peer' | 'limit' | 'point';
  /** One for each round, in order. */
  readonly rounds: readonly Measurement[];
}

export interface Entrant extends Omit<ComparisonRow, 'rounds'> {
  readonly measure: () => Promise<Measurement>;
}

export interface CompareOptions extends Omit<Comparison, 'rows'> {
  readonly rounds: number;
  readonly entrants: readonly Entrant[];
}

/**
 * Measures everybody once a round. Each round begins with another, so that a machine that slows
 * down or speeds up favours none.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { id, title, work, rounds, entrants } = options;
  const measured = new Map<string, Measurement[]>(entrants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const first = Math.floor((round * entrants.length) / rounds);
    for (const entrant of [...entrants.slice(first), ...entrants.slice(0, first)]) {
      measured.get(entrant.name)?.push(await entrant.measure());
    }
  }
  const rows = entrants.map(({ name, title, kind }) => ({
    ...{ name, title, kind },
    rounds: measured.get(name) ?? [],
  }));
  return { id, title, work, rows };
}
