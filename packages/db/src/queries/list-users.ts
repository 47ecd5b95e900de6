import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '../client.js';
import { users } from '../schema.js';
import type { UserRow } from './user-rows.js';

export interface UserFilter {
  /** Only users older than this id. */
  readonly before?: string;
  /** Only users of this caller. */
  readonly caller?: string;
  /** Rows at most. */
  readonly limit: number;
}

/** Users, newest first by id, which never changes. */
export const listUsers = (
  db: Database,
  { before, caller, limit }: UserFilter,
): Promise<UserRow[]> =>
  db
    .select()
    .from(users)
    .where(
      and(
        before === undefined ? undefined : lt(users.id, before),
        caller === undefined ? undefined : eq(users.caller, caller),
      ),
    )
    .orderBy(desc(users.id))
    .limit(limit);
