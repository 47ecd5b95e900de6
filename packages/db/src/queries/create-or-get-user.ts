import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { users } from '../schema.js';
import { callerIdentity, emailIdentity, type UserRow } from './user-rows.js';

export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whose user it is; null for nobody's. */
  readonly caller: string | null;
}

const attemptsMax = 3;

/**
 * Stores a user, or finds the caller's one who has this e-mail address, compared without case, and
 * changes nothing. Of any number of calls with one address at once, exactly one creates the user.
 */
export async function createOrGetUser(
  db: Database,
  user: NewUser,
): Promise<{ readonly user: UserRow; readonly created: boolean }> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const [created] = await db.insert(users).values(user).onConflictDoNothing().returning();
    if (created !== undefined) return { user: created, created: true };
    const [found] = await db
      .select()
      .from(users)
      .where(
        and(eq(callerIdentity, user.caller ?? ''), eq(emailIdentity, sql`lower(${user.email})`)),
      );
    if (found !== undefined) return { user: found, created: false };
    // Whoever had the address has just changed it.
  }
  throw new Error('an e-mail address changed hands with every look at it');
}
