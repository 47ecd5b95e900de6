import { eq } from 'drizzle-orm';
import type { Database } from '../client.js';
import { users } from '../schema.js';
import type { UserRow } from './user-rows.js';

/** The user with this id, or undefined. */
export async function findUser(db: Database, id: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row;
}
