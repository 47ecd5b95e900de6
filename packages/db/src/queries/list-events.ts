import { and, asc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';
import type { EventWithSections } from './event-rows.js';

export interface EventFilter {
  readonly kind?: string;
  /** Events that start at this time or later; those without a start are left out. */
  readonly from?: Date;
  /** Events that start before this time; those without a start are left out. */
  readonly to?: Date;
  /** Only events older than this id. */
  readonly before?: string;
  /** Rows at most. */
  readonly limit: number;
}

/**
 * Events that were not deleted, newest first. Ids are UUIDv7 and never change, so a page that starts behind an id stays
 * right while rows are added.
 */
export const listEvents = (db: Database, filter: EventFilter): Promise<EventWithSections[]> => {
  const conditions: (SQL | undefined)[] = [
    isNull(events.deletedAt),
    filter.kind === undefined ? undefined : eq(events.kind, filter.kind),
    filter.from === undefined ? undefined : gte(events.startsAt, filter.from),
    filter.to === undefined ? undefined : lt(events.startsAt, filter.to),
    filter.before === undefined ? undefined : lt(events.id, filter.before),
  ];
  return db.query.events.findMany({
    where: and(...conditions),
    orderBy: sql`${events.id} DESC`,
    limit: filter.limit,
    with: { sections: { orderBy: asc(sections.position) } },
  });
};
