import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** What is left of a section, and the version of the section that says so. */
export interface Availability {
  readonly sectionId: string;
  readonly remaining: number;
  readonly version: number;
}

interface Row extends Record<string, unknown> {
  readonly event_id: string;
  readonly id: string;
  readonly remaining: number;
  readonly version: string;
}

/**
 * What is left of each section of these events, in the order of the sections, by event id. Events
 * that are unknown or deleted are not in it.
 */
export async function readAvailability(
  db: Database,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Availability[]>> {
  const { rows } = await db.execute<Row>(sql`
    SELECT s.event_id, s.id, s.remaining, s.version
      FROM events e JOIN sections s ON s.event_id = e.id
     WHERE e.id = ANY(${sql.param(eventIds)}::uuid[]) AND e.deleted_at IS NULL
     ORDER BY s.event_id, s.position`);
  const ofEvents = new Map<string, Availability[]>();
  for (const { event_id, id, remaining, version } of rows) {
    const availability = { sectionId: id, remaining, version: Number(version) };
    const ofEvent = ofEvents.get(event_id);
    if (ofEvent === undefined) ofEvents.set(event_id, [availability]);
    else ofEvent.push(availability);
  }
  return ofEvents;
}
