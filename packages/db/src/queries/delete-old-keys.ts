import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/**
 * Removes up to `limit` idempotency keys that are older than `hours`, and returns how many: so
 * that no single statement holds many locks or runs for long. Several processes may do it at once.
 */
export async function deleteOldKeys(db: Database, hours: number, limit: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    DELETE FROM idempotency_keys
     WHERE (caller, key) IN (
       SELECT caller, key FROM idempotency_keys
        WHERE created_at < now() - ${hours}::int * interval '1 hour'
        ORDER BY created_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`);
  return rowCount ?? 0;
}
