import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '@stile/embedded';

/** The embedded database, for as long as it is needed. */
export interface OpenedDatabase {
  readonly url: string;
  /** Stops the server when it was started for this; one that runs anyway goes on. */
  close(): Promise<void>;
}

/**
 * The embedded database of a data directory: the server that runs on it when there is one, as
 * under a running `npm start`, else one started for the time being. Throws when there is no data.
 */
export async function openEmbedded(
  dataDir: string,
  onProgress: (message: string) => void,
): Promise<OpenedDatabase> {
  const url = await findEmbeddedPostgres(dataDir);
  if (url !== undefined) return { url, close: async () => undefined };
  await access(join(dataDir, 'pgdata')).catch(() => {
    throw new Error(
      `there is no database in ${dataDir}: make one with npm start, or set DATABASE_URL`,
    );
  });
  const server = await startEmbeddedPostgres({ dataDir, onProgress });
  return { url: server.url, close: () => server.stop() };
}
