import type { BookCommand } from '@stile/core';
import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/**
 * Cancels a booking that is still queued, by storing it as cancelled before its lane gets to it:
 * the lane then finds it so, sells nothing and records that. False, and nothing changed, when its
 * lane was first.
 */
export async function cancelQueued(db: Database, command: BookCommand): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO bookings (id, section_id, user_id, caller, quantity, status, price, accepted_at)
    SELECT ${command.id}::uuid, s.id, ${command.userId ?? null}::uuid, ${command.caller ?? null}::text,
           ${command.quantity}::int, 'cancelled', ${command.quantity}::bigint * s.price,
           'epoch'::timestamptz + ${command.acceptedAtUs}::bigint * interval '1 microsecond'
      FROM sections s WHERE s.id = ${command.sectionId}::uuid
        ON CONFLICT (id) DO NOTHING`);
  return rowCount === 1;
}
