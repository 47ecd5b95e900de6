import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

export interface RequestCounts {
  /** When the window began, in seconds since 1970. */
  readonly window: number;
  /** Counts of windows that began before that many seconds ahead of this one are deleted. */
  readonly keptSeconds: number;
  readonly uses: readonly { readonly subject: string; readonly count: number }[];
}

/**
 * Adds to the counts of a window and returns what they have come to, in the order given. In the
 * order of the subjects, or two processes with the same ones would wait for each other.
 */
export async function addRequestCounts(
  db: Database,
  { window, keptSeconds, uses }: RequestCounts,
): Promise<number[]> {
  const subjects = uses.map(({ subject }) => subject);
  const counts = uses.map(({ count }) => count);
  const { rows } = await db.execute<{ subject: string; count: string }>(sql`
    WITH gone AS (
      DELETE FROM request_counts WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM request_counts WHERE window_start < ${window - keptSeconds}::bigint
         LIMIT 1000 FOR UPDATE SKIP LOCKED)))
    INSERT INTO request_counts AS r (window_start, subject, count)
    SELECT ${window}::bigint, u.subject, u.count
      FROM unnest(${sql.param(subjects)}::text[], ${sql.param(counts)}::bigint[]) AS u (subject, count)
     ORDER BY u.subject
        ON CONFLICT (window_start, subject) DO UPDATE SET count = r.count + excluded.count
    RETURNING subject, count`);
  const totals = new Map(rows.map(({ subject, count }) => [subject, Number(count)]));
  return subjects.map((subject) => totals.get(subject) ?? 0);
}
