import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** The part of a section's ledger to look at: sequences above `after`, up to `until`. */
export interface LedgerSpan {
  readonly sectionId: string;
  readonly after: number;
  readonly until: number;
}

/** Decisions of one lane with the same outcome in the same second of the database's clock. */
export interface ActivityRow {
  readonly lane: number;
  /** Unix time of the second. */
  readonly second: number;
  readonly outcome: 'held' | 'confirmed' | 'rejected' | 'expired' | 'cancelled' | 'changed';
  readonly decisions: number;
}

/** Transactions in which a lane decided these parts, and how long their commands waited. */
export interface BatchRow {
  readonly lane: number;
  readonly decisions: number;
  /** A transaction stamps all that it decides with the time at which it began. */
  readonly batches: number;
  /** Milliseconds from acceptance to decision that half and 99 % of the commands stayed below. */
  readonly waitP50Ms: number;
  readonly waitP99Ms: number;
}

export interface Activity {
  readonly outcomes: readonly ActivityRow[];
  readonly lanes: readonly BatchRow[];
}

/** Sums up parts of the ledger: each is one range of its primary key. */
export async function readActivity(db: Database, spans: readonly LedgerSpan[]): Promise<Activity> {
  if (spans.length === 0) return { outcomes: [], lanes: [] };
  // OFFSET 0 keeps the planner from turning the ranges into a scan of the whole ledger.
  const decided = sql`
    WITH decided AS MATERIALIZED (
      SELECT s.lane, l.outcome, l.decided_at, l.accepted_at
        FROM unnest(${sql.param(spans.map(({ sectionId }) => sectionId))}::uuid[],
                    ${sql.param(spans.map(({ after }) => after))}::bigint[],
                    ${sql.param(spans.map(({ until }) => until))}::bigint[])
          AS span (section_id, after, until)
        JOIN sections s ON s.id = span.section_id
       CROSS JOIN LATERAL (
         SELECT outcome, decided_at, accepted_at FROM ledger
          WHERE section_id = span.section_id AND sequence > span.after AND sequence <= span.until
         OFFSET 0) AS l)`;
  const [outcomes, lanes] = await Promise.all([
    db.execute<{ lane: number; second: string; outcome: ActivityRow['outcome']; count: string }>(
      sql`${decided}
        SELECT lane, floor(extract(epoch FROM decided_at)) AS second, outcome, count(*) AS count
          FROM decided GROUP BY 1, 2, 3`,
    ),
    db.execute<{ lane: number; count: string; batches: string; p50: number; p99: number }>(
      sql`${decided}, waits AS (
        SELECT lane, decided_at,
               (extract(epoch FROM decided_at - accepted_at) * 1000)::float8 AS wait_ms
          FROM decided)
        SELECT lane, count(*) AS count, count(DISTINCT decided_at) AS batches,
               percentile_disc(0.5) WITHIN GROUP (ORDER BY wait_ms) AS p50,
               percentile_disc(0.99) WITHIN GROUP (ORDER BY wait_ms) AS p99
          FROM waits GROUP BY lane`,
    ),
  ]);
  return {
    outcomes: outcomes.rows.map(({ lane, second, outcome, count }) => ({
      lane,
      second: Number(second),
      outcome,
      decisions: Number(count),
    })),
    lanes: lanes.rows.map(({ lane, count, batches, p50, p99 }) => ({
      lane,
      decisions: Number(count),
      batches: Number(batches),
      waitP50Ms: Math.max(0, p50),
      waitP99Ms: Math.max(0, p99),
    })),
  };
}
