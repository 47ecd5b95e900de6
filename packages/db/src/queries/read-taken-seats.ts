import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import type { TakenStatus } from './read-taken.js';

/** Every taken seat of a section, by label: as many rows as seats are taken. */
export async function readTakenSeats(
  db: Database,
  sectionId: string,
): Promise<Map<string, TakenStatus>> {
  const { rows } = await db.execute<{ label: string; status: TakenStatus }>(sql`
    SELECT s.label, b.status FROM seats s JOIN bookings b ON b.id = s.booking_id
     WHERE s.section_id = ${sectionId}::uuid`);
  return new Map(rows.map(({ label, status }) => [label, status]));
}
