import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** Decisions recorded in a lane so far: its sections number theirs without gaps. */
export async function countDecided(db: Database, lane: number): Promise<number> {
  const { rows } = await db.execute<{ decided: string }>(
    sql`SELECT coalesce(sum(sequence), 0) AS decided FROM sections WHERE lane = ${lane}::smallint`,
  );
  return Number(rows[0]?.decided);
}
