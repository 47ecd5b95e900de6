import { eq } from 'drizzle-orm';
import type { Database } from '../client.js';
import { users } from '../schema.js';
import type { UserRow } from './user-rows.js';

/** What of a user can be changed; what is left out stays as it is. */
export interface UserChanges {
  readonly name?: string;
  readonly email?: string;
}

/** The user as changed; or why not: no such user, or the address is another user's. */
export type UserUpdate =
  | { readonly kind: 'updated'; readonly user: UserRow }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'email-taken' };

/** Changes a user, unless the e-mail address, compared without case, is another's of its caller. */
export async function updateUser(
  db: Database,
  id: string,
  changes: UserChanges,
): Promise<UserUpdate> {
  try {
    const [user] = await db.update(users).set(changes).where(eq(users.id, id)).returning();
    return user === undefined ? { kind: 'unknown' } : { kind: 'updated', user };
  } catch (error) {
    if (violates(error, 'users_caller_email')) return { kind: 'email-taken' };
    throw error;
  }
}

/** True when the error says that a row with the same key is in this unique index. */
function violates(error: unknown, index: string): boolean {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const { code, constraint } = cause as { code?: string; constraint?: string };
  return code === '23505' && constraint === index;
}
