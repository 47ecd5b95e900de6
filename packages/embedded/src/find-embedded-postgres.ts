import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { pgdataOf } from './cluster.js';

/**
 * The url of the server that runs on this data directory, whoever owns it; undefined when none
 * answers with the directory's password.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const read = (name: string) =>
    readFile(join(pgdataOf(resolve(dataDir)), name), 'utf8').catch(() => undefined);
  const [pidFile, password] = await Promise.all([read('postmaster.pid'), read('stile.password')]);
  const port = Number.parseInt(pidFile?.split('\n')[3] ?? '', 10);
  if (password === undefined || !(port > 0)) return undefined;
  const url = `postgres://stile:${password}@127.0.0.1:${port}/stile`;
  const client = new pg.Client({ connectionString: url, application_name: 'stile-find' });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client.end().then(() => url),
    () => undefined,
  );
}
