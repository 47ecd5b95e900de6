import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import type { Account } from './run.js';

/**
 * Writes a file that belongs to PostgreSQL's account and that no other may read (mode 0600). It is
 * replaced as a whole, so a reader and a power cut meet the old text or the new.
 */
export async function writeOwnedFile(path: string, text: string, account: Account): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    if (account.owner) await file.chown(account.owner.uid, account.owner.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

/** Makes a rename inside the folder last through a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
