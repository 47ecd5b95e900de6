import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';
import type { SectionRow } from './event-rows.js';

/** The sections with these ids as they stand, without those whose event was deleted. */
export const findSections = (db: Database, ids: readonly string[]): Promise<SectionRow[]> =>
  db
    .select(getTableColumns(sections))
    .from(sections)
    .innerJoin(events, eq(events.id, sections.eventId))
    .where(and(inArray(sections.id, [...ids]), isNull(events.deletedAt)));

/** One of them. */
export async function findSection(db: Database, id: string): Promise<SectionRow | undefined> {
  return (await findSections(db, [id]))[0];
}
