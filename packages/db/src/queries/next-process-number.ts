import { sql } from 'drizzle-orm';
import type { Database } from '../client.js';

/** A number that no other api process of the last 65,535 starts was given. */
export async function nextProcessNumber(db: Database): Promise<number> {
  const { rows } = await db.execute<{ number: string }>(
    sql`SELECT nextval('api_process_number') AS number`,
  );
  return Number(rows[0]?.number);
}
