import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import type { QueuedDelivery } from './queue-deliveries.js';

/** What an attempt takes: the webhook, and the row of the ledger that it tells of. */
export interface DeliveryToMake {
  readonly url: string;
  readonly secret: string;
  readonly enabled: boolean;
  /** Attempts that failed in this round. */
  readonly attempts: number;
  readonly type: string;
  readonly sectionId: string;
  readonly sequence: number;
  readonly event: Readonly<Record<string, unknown>>;
  readonly decidedAt: string;
}

type Name = Pick<QueuedDelivery, 'id' | 'round'>;

const iso = (column: string) =>
  sql.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Reads a delivery whose turn it is; undefined when it was made, given up or queued anew. */
export async function readDelivery(
  db: Database,
  { id, round }: Name,
): Promise<DeliveryToMake | undefined> {
  const { rows } = await db.execute<{
    url: string;
    secret: string;
    enabled: boolean;
    attempts: number;
    type: string;
    section_id: string;
    sequence: string;
    event: Record<string, unknown>;
    decided_at: string;
  }>(sql`
    SELECT w.url, w.secret, w.enabled, d.attempts, d.type, d.section_id, d.sequence,
           ${iso('l.decided_at')} AS decided_at,
           json_strip_nulls(json_build_object(
             'bookingId', l.booking_id, 'status', l.outcome, 'reason', l.reason,
             'eventId', s.event_id, 'sectionId', l.section_id, 'userId', l.user_id,
             'quantity', l.quantity, 'seats', l.seats, 'price', b.price, 'sequence', l.sequence,
             'remaining', l.remaining, 'expiresAt', ${iso('l.expires_at')},
             'acceptedAt', ${iso('l.accepted_at')}, 'decidedAt', ${iso('l.decided_at')})) AS event
      FROM webhook_deliveries d
      JOIN webhooks w ON w.id = d.webhook_id
      JOIN ledger l ON l.section_id = d.section_id AND l.sequence = d.sequence
      LEFT JOIN sections s ON s.id = d.section_id
      LEFT JOIN bookings b ON b.id = d.booking_id
     WHERE d.id = ${id}::bigint AND d.round = ${round}::int AND d.state = 'queued'`);
  const row = rows[0];
  return (
    row && {
      ...row,
      sectionId: row.section_id,
      sequence: Number(row.sequence),
      decidedAt: row.decided_at,
    }
  );
}

/** Records that the receiver has it. */
export async function recordDelivered(
  db: Database,
  { id, round }: Name,
  statusCode: number,
): Promise<void> {
  await db.execute(sql`
    WITH made AS (
      UPDATE webhook_deliveries
         SET state = 'delivered', attempts = attempts + 1, status_code = ${statusCode}::int,
             error = NULL, attempted_at = now(), next_attempt_at = NULL, delivered_at = now()
       WHERE id = ${id}::bigint AND round = ${round}::int AND state = 'queued'
      RETURNING webhook_id)
    UPDATE webhooks SET failing_since = NULL
      FROM made WHERE webhooks.id = made.webhook_id AND failing_since IS NOT NULL`);
}

export interface FailedAttempt {
  /** Null when there was no answer. */
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly retryInMs: number;
  /** Nothing more is tried in this round. */
  readonly givenUp: boolean;
  /** A webhook that has failed for longer is disabled; 0 disables it now. */
  readonly disableAfterMs: number;
}

/** Records a failed attempt; true when the webhook is still enabled after it. */
export async function recordFailed(
  db: Database,
  { id, round }: Name,
  failed: FailedAttempt,
): Promise<boolean> {
  const { rows } = await db.execute<{ enabled: boolean }>(sql`
    WITH made AS (
      UPDATE webhook_deliveries
         SET state = CASE WHEN ${failed.givenUp}::boolean THEN 'failed'::delivery_state ELSE state END,
             attempts = attempts + 1, status_code = ${failed.statusCode}::int,
             error = ${failed.error}, attempted_at = now(),
             next_attempt_at = now() + ${failed.retryInMs}::bigint * interval '1 millisecond'
       WHERE id = ${id}::bigint AND round = ${round}::int AND state = 'queued'
      RETURNING webhook_id),
    judged AS (
      SELECT w.id, coalesce(w.failing_since, now()) AS since,
             coalesce(w.failing_since, now())
               > now() - ${failed.disableAfterMs}::bigint * interval '1 millisecond' AS tolerated
        FROM webhooks w JOIN made ON made.webhook_id = w.id)
    UPDATE webhooks
       SET failing_since = judged.since, enabled = webhooks.enabled AND judged.tolerated,
           disabled_at = CASE WHEN webhooks.enabled AND NOT judged.tolerated THEN now()
                              ELSE webhooks.disabled_at END
      FROM judged WHERE webhooks.id = judged.id
    RETURNING webhooks.enabled`);
  return rows[0]?.enabled ?? false;
}

/** Puts a delivery back whose webhook is disabled: it is made when that is enabled again. */
export async function putDeliveryBack(db: Database, { id, round }: Name): Promise<void> {
  await db.execute(sql`
    UPDATE webhook_deliveries SET state = 'pending'
     WHERE id = ${id}::bigint AND round = ${round}::int AND state = 'queued'`);
}
