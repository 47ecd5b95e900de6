import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** How far the ledger of a section has come. */
export interface SectionProgress {
  readonly sectionId: string;
  readonly lane: number;
  readonly sequence: number;
}

/**
 * The last sequence of every section that has decided anything. One pass over `sections`: its cost
 * grows with their number, not with their decisions.
 */
export async function listSectionProgress(db: Database): Promise<SectionProgress[]> {
  const { rows } = await db.execute<{ id: string; lane: number; sequence: string }>(
    sql`SELECT id, lane, sequence FROM sections WHERE sequence > 0`,
  );
  return rows.map(({ id, lane, sequence }) => ({
    sectionId: id,
    lane,
    sequence: Number(sequence),
  }));
}
