import { and, eq, isNull, sql } from 'drizzle-orm';
import { arrayLiteral } from '../array-literal.js';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';

const { id, lane, eventId, seating, price } = sections;

/**
 * Looks up where sections are and what a seat costs there, for an api that is asked by thousands:
 * prepared once, and without the columns that move. Leaves out those whose event was deleted.
 */
export function prepareSectionPlaces(db: Database) {
  // One parameter, however many ids there are: `inArray` would make it another query for each number.
  const isAsked = sql`${id} = ANY(${sql.placeholder('ids')}::uuid[])`;
  const query = db
    .select({ id, lane, eventId, seating, price })
    .from(sections)
    .innerJoin(events, eq(events.id, eventId))
    .where(and(isAsked, isNull(events.deletedAt)))
    .prepare('stile-section-places');
  return (ids: readonly string[]) => query.execute({ ids: arrayLiteral(ids) });
}
