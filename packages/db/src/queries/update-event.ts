import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { events } from '../schema.js';

/** What of an event can be changed; what is left out stays as it is. */
export interface EventChanges {
  readonly name?: string;
  readonly kind?: string | null;
  readonly startsAt?: Date | null;
  readonly salesOpenAt?: Date | null;
  readonly salesCloseAt?: Date | null;
}

/** Refused: sales would end before they begin. */
export type EventUpdate = 'updated' | 'unknown' | 'empty-window';

/**
 * Changes an event's row, unless it was deleted or its sales window would be empty. The window
 * is compared in the statement: half of it may be what another change has just made it.
 */
export async function updateEvent(
  db: Database,
  id: string,
  changes: EventChanges,
): Promise<EventUpdate> {
  const after = (name: 'salesOpenAt' | 'salesCloseAt'): SQL => {
    const changed = changes[name];
    return changed === undefined ? sql`${events[name]}` : sql`${changed}::timestamptz`;
  };
  const live = and(eq(events.id, id), isNull(events.deletedAt));
  const { rowCount } = await db
    .update(events)
    .set(changes)
    .where(and(live, sql`coalesce(${after('salesOpenAt')} < ${after('salesCloseAt')}, true)`));
  if (rowCount === 1) return 'updated';
  const [found] = await db.select({ id: events.id }).from(events).where(live);
  return found === undefined ? 'unknown' : 'empty-window';
}
