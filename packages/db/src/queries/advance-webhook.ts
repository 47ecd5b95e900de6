import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** Sections that one step reads, and rows of the ledger of each of them. */
const sectionsPerStep = 50;
const rowsPerSection = 200;

/** The enabled webhooks. */
export async function findEnabledWebhooks(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT id FROM webhooks WHERE enabled ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Reads the ledger on for one webhook: what it is to be told of becomes a delivery, and the cursors
 * move past what was read, in one transaction. True when there may be more.
 *
 * A section's sequence has no gaps and its rows are committed in its order, since each decision
 * locks the section's row; so a cursor for each section can't pass over a row that is committed
 * late, which one over all sections could.
 */
export const advanceWebhook = (db: Database, webhookId: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    // Whoever else moves these cursors waits, and then sees them as they are.
    await tx.execute(sql`SELECT FROM webhooks WHERE id = ${webhookId}::uuid FOR UPDATE`);
    const { rows } = await tx.execute<{ read: number }>(sql`
      WITH behind AS (
        SELECT s.id AS section_id, coalesce(c.sequence, 0) AS sequence
          FROM sections s
          LEFT JOIN webhook_cursors c ON c.webhook_id = ${webhookId}::uuid AND c.section_id = s.id
         WHERE s.sequence > coalesce(c.sequence, 0)
         ORDER BY s.id LIMIT ${sectionsPerStep}::int),
      entries AS (
        SELECT l.* FROM behind b
         CROSS JOIN LATERAL (
           SELECT section_id, sequence, booking_id, 'booking.' || outcome AS type, decided_at
             FROM ledger
            WHERE section_id = b.section_id AND sequence > b.sequence
            ORDER BY sequence LIMIT ${rowsPerSection}::int) l),
      moved AS (
        INSERT INTO webhook_cursors (webhook_id, section_id, sequence)
        SELECT ${webhookId}::uuid, section_id, max(sequence) FROM entries GROUP BY section_id
            ON CONFLICT (webhook_id, section_id) DO UPDATE SET sequence = excluded.sequence),
      added AS (
        INSERT INTO webhook_deliveries (webhook_id, section_id, sequence, booking_id, type)
        SELECT w.id, e.section_id, e.sequence, e.booking_id, e.type
          FROM entries e JOIN webhooks w ON w.id = ${webhookId}::uuid AND e.type = ANY(w.types)
         WHERE e.booking_id IS NOT NULL
         ORDER BY e.decided_at, e.section_id, e.sequence
            ON CONFLICT DO NOTHING)
      SELECT count(*)::int AS read FROM entries`);
    return (rows[0]?.read ?? 0) >= rowsPerSection;
  });
