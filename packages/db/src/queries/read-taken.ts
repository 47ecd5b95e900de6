import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** What somebody's seat is: in a hold or in a confirmed booking. */
export type TakenStatus = 'held' | 'confirmed';

/** Which of these seats of a section are taken, by label: one primary-key look-up for each. */
export async function readTaken(
  db: Database,
  sectionId: string,
  labels: readonly string[],
): Promise<Map<string, TakenStatus>> {
  const { rows } = await db.execute<{ label: string; status: TakenStatus }>(sql`
    SELECT s.label, b.status
      FROM unnest(${sql.param(labels)}::text[]) AS asked (label)
      JOIN seats s ON s.section_id = ${sectionId}::uuid AND s.label = asked.label
      JOIN bookings b ON b.id = s.booking_id`);
  return new Map(rows.map(({ label, status }) => [label, status]));
}
