import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../client.js';
import { apiKeys } from '../schema.js';

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** The key with this id, revoked or not. */
export async function findApiKey(db: Database, id: string): Promise<ApiKeyRow | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id));
  return row;
}

export async function insertApiKey(
  db: Database,
  key: Pick<ApiKeyRow, 'id' | 'name' | 'hash' | 'scopes'>,
): Promise<void> {
  await db.insert(apiKeys).values(key);
}

/** Every key there ever was, the oldest first. */
export const listApiKeys = (db: Database): Promise<ApiKeyRow[]> =>
  db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));

/** Takes a key away for good; false when there is none with this id that works. */
export async function revokeApiKey(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  return rowCount === 1;
}
