import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/**
 * Marks an event as deleted once all of its sections are closed: then nothing more can be sold.
 * Its sections, bookings and ledger stay. False, and nothing changed, when a section is open, or
 * when the event is unknown or was deleted before.
 */
export async function deleteEvent(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    UPDATE events SET deleted_at = now()
     WHERE id = ${id}::uuid AND deleted_at IS NULL
       AND NOT EXISTS (SELECT FROM sections WHERE event_id = events.id AND NOT closed)`);
  return rowCount === 1;
}
