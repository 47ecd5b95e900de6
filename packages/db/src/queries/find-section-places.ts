import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { arrayLiteral } from '../array-literal.js';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';

const { id, lane, eventId, seating, price } = sections;

/** `column = ANY(ids)`, the ids in one parameter however many there are. */
const isOneOf = (name: string): SQL => sql`${id} = ANY(${sql.placeholder(name)}::uuid[])`;

/**
 * Looks up where sections are and what a seat costs there, for an api that is asked by thousands:
 * prepared once, and without the columns that move. Leaves out those whose event was deleted.
 */
export function prepareSectionPlaces(db: Database) {
  const query = db
    .select({ id, lane, eventId, seating, price })
    .from(sections)
    .innerJoin(events, eq(events.id, eventId))
    .where(and(isOneOf('ids'), isNull(events.deletedAt)))
    .prepare('stile-section-places');
  return (ids: readonly string[]) => query.execute({ ids: arrayLiteral(ids) });
}
