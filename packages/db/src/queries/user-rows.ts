import { sql } from 'drizzle-orm';
import { users } from '../schema.js';

export type UserRow = typeof users.$inferSelect;

/** Whose users they are; with `emailIdentity` it is the unique index `users_caller_email`. */
export const callerIdentity = sql`coalesce(${users.caller}, '')`;

/** What makes two addresses the same. */
export const emailIdentity = sql`lower(${users.email})`;
