import { desc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { webhooks } from '../schema.js';

export type WebhookRow = typeof webhooks.$inferSelect;

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Such as booking.confirmed. */
  readonly types: readonly string[];
}

/**
 * Registers a webhook, which is told of everything that is committed from now on: its cursors are
 * set to the ends of the ledger as this transaction sees them, and whatever is committed later
 * lies behind them. Undefined, and nothing registered, when there are `max` already.
 */
export const insertWebhook = (
  db: Database,
  webhook: NewWebhook,
  max: number,
): Promise<WebhookRow | undefined> =>
  db.transaction(async (tx) => {
    // One registration at a time: what is counted here is still true when this one is added.
    await tx.execute(sql`LOCK TABLE ${webhooks} IN SHARE ROW EXCLUSIVE MODE`);
    if ((await tx.$count(webhooks)) >= max) return undefined;
    const [row] = await tx
      .insert(webhooks)
      .values({ ...webhook, types: [...webhook.types] })
      .returning();
    await tx.execute(sql`
      INSERT INTO webhook_cursors (webhook_id, section_id, sequence)
      SELECT ${webhook.id}::uuid, id, sequence FROM sections WHERE sequence > 0`);
    return row;
  });

export const findWebhook = async (db: Database, id: string): Promise<WebhookRow | undefined> =>
  (await db.select().from(webhooks).where(eq(webhooks.id, id)))[0];

/** Webhooks, newest first by id. */
export const listWebhooks = (
  db: Database,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<WebhookRow[]> =>
  db
    .select()
    .from(webhooks)
    .where(before === undefined ? undefined : lt(webhooks.id, before))
    .orderBy(desc(webhooks.id))
    .limit(limit);

/** Removes a webhook with its log; false when there is none. */
export const deleteWebhook = async (db: Database, id: string): Promise<boolean> =>
  (await db.delete(webhooks).where(eq(webhooks.id, id))).rowCount === 1;

/**
 * Lets a webhook go on where it was disabled: what it missed is still before it, and what waited
 * to be tried again is tried now.
 */
export const enableWebhook = (db: Database, id: string): Promise<WebhookRow | undefined> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .update(webhooks)
      .set({ enabled: true, failingSince: null, disabledAt: null })
      .where(eq(webhooks.id, id))
      .returning();
    await tx.execute(sql`
      UPDATE webhook_deliveries SET state = 'pending'
       WHERE webhook_id = ${id}::uuid AND state = 'queued' AND next_attempt_at > now()`);
    return row;
  });
