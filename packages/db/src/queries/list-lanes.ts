import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { laneLocks } from '../lane-locks.js';

/** A lane as the database sees it. */
export interface LaneRow {
  readonly lane: number;
  /** Raised by every taking of the lane. */
  readonly epoch: number;
  /** Who took it last. */
  readonly owner: string | null;
  /** Whether that one still holds it: nobody decides in a lane that is not held. */
  readonly held: boolean;
}

/** Every lane, in order, with who owns it now. */
export async function listLanes(db: Database): Promise<LaneRow[]> {
  const { rows } = await db.execute<{
    lane: number;
    epoch: string;
    owner: string | null;
    held: boolean;
  }>(sql`
    SELECT lane, epoch, owner,
           EXISTS (
             SELECT FROM pg_locks
              WHERE locktype = 'advisory' AND granted AND objsubid = 2
                AND classid = ${laneLocks.laneClass}::int AND objid = lanes.lane
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           ) AS held
      FROM lanes ORDER BY lane`);
  return rows.map((row) => ({ ...row, epoch: Number(row.epoch) }));
}
