import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { webhookDeliveries } from '../schema.js';

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

/** A webhook's log, newest first. */
export const listDeliveries = (
  db: Database,
  webhookId: string,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<DeliveryRow[]> =>
  db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        before === undefined ? undefined : lt(webhookDeliveries.id, before),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);

/** Sends one again that was delivered or given up; as it is now, undefined when there is none. */
export async function replayDelivery(
  db: Database,
  webhookId: string,
  id: number,
): Promise<DeliveryRow | undefined> {
  const isIt = and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id));
  await db
    .update(webhookDeliveries)
    .set({ state: 'pending' })
    .where(and(isIt, sql`${webhookDeliveries.state} IN ('delivered', 'failed')`));
  return (await db.select().from(webhookDeliveries).where(isIt))[0];
}

/**
 * Sends everything again that was decided from this instant on, in order: what is in the log
 * becomes pending at once, and the cursors go back for what is not, such as what came before the
 * webhook. Runs behind the lock under which the cursors move.
 */
export const replaySince = (db: Database, webhookId: string, from: Date): Promise<void> =>
  db.transaction(async (tx) => {
    const since = from.toISOString();
    await tx.execute(sql`SELECT FROM webhooks WHERE id = ${webhookId}::uuid FOR UPDATE`);
    // Walks each section's ledger back from its end: as long as what is sent again, no longer.
    await tx.execute(sql`
      INSERT INTO webhook_cursors (webhook_id, section_id, sequence)
      SELECT ${webhookId}::uuid, s.id, coalesce(older.sequence, 0)
        FROM sections s
        LEFT JOIN LATERAL (
          SELECT sequence FROM ledger
           WHERE section_id = s.id AND decided_at < ${since}::timestamptz
           ORDER BY sequence DESC LIMIT 1) older ON true
       WHERE s.sequence > 0
          ON CONFLICT (webhook_id, section_id)
          DO UPDATE SET sequence = least(webhook_cursors.sequence, excluded.sequence)`);
    await tx.execute(sql`
      UPDATE webhook_deliveries d SET state = 'pending'
        FROM webhook_cursors c
       WHERE d.webhook_id = ${webhookId}::uuid AND d.state IN ('delivered', 'failed')
         AND c.webhook_id = d.webhook_id AND c.section_id = d.section_id
         AND d.sequence > c.sequence`);
  });

/** Removes up to `limit` deliveries from the log that were made more than so many days ago. */
export async function deleteOldDeliveries(
  db: Database,
  days: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await db.execute(sql`
    DELETE FROM webhook_deliveries
     WHERE id IN (
       SELECT id FROM webhook_deliveries
        WHERE state = 'delivered' AND delivered_at < now() - ${days}::int * interval '1 day'
        ORDER BY delivered_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`);
  return rowCount ?? 0;
}
