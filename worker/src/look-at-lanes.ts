import { laneLocks } from '@stile/db';
import type pg from 'pg';

const { memberClass, laneClass } = laneLocks;

interface LockRow {
  readonly pid: number;
  readonly me: boolean;
  /** Of an owner's lock; null of a member's. */
  readonly lane: number | null;
  readonly laneCount: number;
}

/**
 * How many lanes are due to the worker of this session, and which ones nobody owns. All workers see the
 * same list of members in `pg_locks`, so their shares add up; one that is no member has none.
 */
export async function lookAtLanes(client: pg.Client): Promise<{ share: number; free: number[] }> {
  const { rows } = await client.query<LockRow>(
    `SELECT pid, pid = pg_backend_pid() AS me,
            CASE WHEN classid = $2 THEN objid::int END AS lane,
            (SELECT count(*)::int FROM lanes) AS "laneCount"
       FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid IN ($1, $2)
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY pid`,
    [memberClass, laneClass],
  );
  const laneCount = rows[0]?.laneCount ?? 0;
  const members = rows.filter((row) => row.lane === null);
  const rank = members.findIndex((row) => row.me);
  const share =
    rank < 0
      ? 0
      : Math.floor(laneCount / members.length) + (rank < laneCount % members.length ? 1 : 0);
  const owned = new Set(rows.map((row) => row.lane));
  const free = Array.from({ length: laneCount }, (_, lane) => lane).filter((l) => !owned.has(l));
  return { share, free };
}
