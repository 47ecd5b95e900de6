import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { countLanes } from './count-lanes.js';

/**
 * Makes sure that lanes 0 … laneCount − 1 exist, and returns how many there are. Lanes are only
 * ever added: a section keeps its lane for life.
 */
export async function ensureLanes(db: Database, laneCount: number): Promise<number> {
  await db.execute(
    sql`INSERT INTO lanes (lane) SELECT generate_series(0, ${laneCount - 1}::int) ON CONFLICT DO NOTHING`,
  );
  return countLanes(db);
}
