import { asc } from 'drizzle-orm';
import type { Database } from '../client.js';
import { sections } from '../schema.js';
import type { EventWithSections } from './event-rows.js';

/**
 * The events with these ids, each with its sections in the order they were given; those that are
 * unknown or deleted are left out.
 */
export const findEvents = (db: Database, ids: readonly string[]): Promise<EventWithSections[]> =>
  db.query.events.findMany({
    where: (event, { and, inArray, isNull }) =>
      and(inArray(event.id, [...ids]), isNull(event.deletedAt)),
    with: { sections: { orderBy: asc(sections.position) } },
  });

/** One of them. */
export async function findEvent(db: Database, id: string): Promise<EventWithSections | undefined> {
  return (await findEvents(db, [id]))[0];
}
