import type pg from 'pg';
import type { WorkerDeath } from './journal.js';

/**
 * Milliseconds from each worker's death to the first decision of its next owner, for each lane that
 * it had. A lane in which nothing was decided since is left out.
 */
export async function recoveryTimesMs(
  pool: pg.Pool,
  deaths: readonly WorkerDeath[],
): Promise<number[]> {
  const times: number[] = [];
  for (const { atMs, lanes } of deaths) {
    const { rows } = await pool.query<{ ms: number }>(
      `SELECT (extract(epoch FROM min(decided_at)) * 1000 - $1)::float8 AS ms
         FROM ledger JOIN sections ON sections.id = section_id
        WHERE lane = ANY ($2) AND decided_at > to_timestamp($1 / 1000.0) GROUP BY lane`,
      [atMs, lanes],
    );
    times.push(...rows.map(({ ms }) => ms));
  }
  return times;
}
