import { and, eq, getTableColumns, isNull } from 'drizzle-orm';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';
import type { SectionRow } from './event-rows.js';

/** The section with this id as it stands, unless its event was deleted. */
export async function findSection(db: Database, id: string): Promise<SectionRow | undefined> {
  const rows = await db
    .select(getTableColumns(sections))
    .from(sections)
    .innerJoin(events, eq(events.id, sections.eventId))
    .where(and(eq(sections.id, id), isNull(events.deletedAt)));
  return rows[0];
}
