import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { laneLocks } from '../lane-locks.js';

/** The lanes that no live worker owns: what is queued in them waits. */
export async function findUnownedLanes(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ lane: number }>(sql`
    SELECT lane FROM lanes
     WHERE NOT EXISTS (
       SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND objsubid = 2
          AND classid = ${laneLocks.laneClass}::int AND objid = lanes.lane
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     ORDER BY lane`);
  return rows.map((row) => row.lane);
}
