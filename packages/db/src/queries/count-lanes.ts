import { count } from 'drizzle-orm';
import type { Database } from '../client.js';
import { lanes } from '../schema.js';

/** How many lanes there are: they are numbered from 0, and only ever added. */
export async function countLanes(db: Database): Promise<number> {
  const [row] = await db.select({ lanes: count() }).from(lanes);
  return row?.lanes ?? 0;
}
