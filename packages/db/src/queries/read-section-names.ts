import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** A section as operators see it, with the name of its event. */
export interface NamedSection {
  readonly id: string;
  readonly name: string;
  readonly eventId: string;
  readonly eventName: string;
  readonly lane: number;
  readonly capacity: number;
  readonly remaining: number;
}

/** These sections with their events, in no order. */
export async function readSectionNames(
  db: Database,
  ids: readonly string[],
): Promise<NamedSection[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<NamedSection & Record<string, unknown>>(sql`
    SELECT s.id, s.name, s.event_id AS "eventId", e.name AS "eventName", s.lane, s.capacity, s.remaining
      FROM sections s JOIN events e ON e.id = s.event_id
     WHERE s.id = ANY(${sql.param(ids)}::uuid[])`);
  return rows;
}
