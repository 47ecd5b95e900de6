import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/**
 * Makes `owner` the lane's owner and returns its new epoch. Waits for a decision that is being
 * committed under the old one; none can be committed under it afterwards. Call it on the session
 * that holds the lane's lock: on another one it could reach the server late, when that session is
 * gone, and fence off whoever has the lane by then.
 */
export async function takeLane(db: Database, lane: number, owner: string): Promise<number> {
  const { rows } = await db.execute<{ epoch: string }>(
    sql`UPDATE lanes SET epoch = epoch + 1, owner = ${owner} WHERE lane = ${lane} RETURNING epoch`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`lane ${lane} has no row in the table lanes`);
  return Number(row.epoch);
}
