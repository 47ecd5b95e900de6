import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** A delivery that is to be in the queue: its job is named by both numbers. */
export interface QueuedDelivery {
  readonly id: number;
  readonly round: number;
  /** Milliseconds until it is due; 0 when it is. */
  readonly dueInMs: number;
}

/** Deliveries of one webhook that are under way at a time; one when its last attempt failed. */
const underWayMax = 32;
/** Deliveries of one webhook that may wait to be tried again; then nothing new is begun. */
const retryingMax = 1_000;
const lostRowsMax = 1_000;

type Row = { id: string; round: number; due_in_ms: number };
const fromRow = ({ id, round, due_in_ms }: Row): QueuedDelivery => ({
  id: Number(id),
  round,
  dueInMs: Math.max(0, due_in_ms),
});

/**
 * Marks the deliveries of one webhook as queued whose turn it is: of each booking the first that is
 * not delivered, so that a later one never overtakes it. Their jobs are for the caller to add.
 */
export async function queueDeliveries(db: Database, webhookId: string): Promise<QueuedDelivery[]> {
  const { rows } = await db.execute<Row>(sql`
    WITH room AS (
      SELECT CASE
               WHEN count(*) FILTER (WHERE d.next_attempt_at > now()) >= ${retryingMax}::int THEN 0
               ELSE greatest(0, CASE WHEN w.failing_since IS NULL THEN ${underWayMax}::int ELSE 1 END
                 - count(d.id) FILTER (WHERE d.next_attempt_at IS NULL OR d.next_attempt_at <= now()))
             END AS left
        FROM webhooks w
        LEFT JOIN webhook_deliveries d ON d.webhook_id = w.id AND d.state = 'queued'
       WHERE w.id = ${webhookId}::uuid AND w.enabled GROUP BY w.id)
    UPDATE webhook_deliveries q
       SET state = 'queued', round = q.round + 1, attempts = 0, queued_at = now(),
           next_attempt_at = NULL
      FROM (
        SELECT d.id FROM webhook_deliveries d
         WHERE d.webhook_id = ${webhookId}::uuid AND d.state = 'pending'
           AND NOT EXISTS (
             SELECT FROM webhook_deliveries e
              WHERE e.webhook_id = d.webhook_id AND e.booking_id = d.booking_id
                AND e.sequence < d.sequence AND e.state IN ('pending', 'queued'))
         ORDER BY d.id LIMIT (SELECT "left" FROM room)) first
     WHERE q.id = first.id
    RETURNING q.id, q.round, 0 AS due_in_ms`);
  return rows.map(fromRow);
}

/**
 * Queued deliveries that have been due for `overdueMs` and more; 0 lists all that are queued. Their
 * jobs may be lost, as when the queue was emptied or a worker died before it added them; adding a
 * job that is there changes nothing.
 */
export async function findOverdueDeliveries(
  db: Database,
  overdueMs: number,
): Promise<QueuedDelivery[]> {
  const { rows } = await db.execute<Row>(sql`
    SELECT id, round,
           (extract(epoch FROM coalesce(next_attempt_at, queued_at) - now()) * 1000)::float8 AS due_in_ms
      FROM webhook_deliveries
     WHERE state = 'queued'
       AND (${overdueMs}::int = 0
            OR coalesce(next_attempt_at, queued_at) < now() - ${overdueMs}::int * interval '1 millisecond')
     ORDER BY coalesce(next_attempt_at, queued_at) LIMIT ${lostRowsMax}::int`);
  return rows.map(fromRow);
}
