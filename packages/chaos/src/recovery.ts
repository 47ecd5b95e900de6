import type pg from 'pg';
import type { WorkerDeath } from './journal.js';

/** How long a lane stood when its worker was killed. */
export interface LaneRecovery {
  readonly lane: number;
  /** When its worker died, in milliseconds since 1970. */
  readonly diedAtMs: number;
  /** Milliseconds from then to the first decision of its next owner. */
  readonly ms: number;
}

/**
 * The time from each worker's death to the first decision of its next owner, for each lane that
 * it had. A lane in which nothing was decided since is left out.
 */
export async function recoveriesOf(
  pool: pg.Pool,
  deaths: readonly WorkerDeath[],
): Promise<LaneRecovery[]> {
  const recoveries: LaneRecovery[] = [];
  for (const { atMs, lanes } of deaths) {
    const { rows } = await pool.query<{ lane: number; ms: number }>(
      `SELECT lane, (extract(epoch FROM min(decided_at)) * 1000 - $1)::float8 AS ms
         FROM ledger JOIN sections ON sections.id = section_id
        WHERE lane = ANY ($2) AND decided_at > to_timestamp($1 / 1000.0) GROUP BY lane`,
      [atMs, lanes],
    );
    recoveries.push(...rows.map((row) => ({ ...row, diedAtMs: atMs })));
  }
  return recoveries;
}
