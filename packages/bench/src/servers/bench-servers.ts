import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stile/embedded';
import { startRedis } from '@stile/testing/redis';
import pg from 'pg';
import type { BenchConfig } from '../config.js';

/** The servers that everything in a run shares. */
export interface BenchServers {
  /** A user there may create databases. */
  readonly adminUrl: string;
  readonly redisUrl: string | undefined;
  /** Stops what was started for the run. */
  stop(): Promise<void>;
}

/** Every peer, Stile on both engines, and the connections of the benchmark itself. */
const connectionsMax = '600';

/**
 * The servers of DATABASE_URL and REDIS_URL; in their place an embedded PostgreSQL with its default
 * settings, `fsync` on, and a `redis-server` of the PATH that writes before it answers.
 */
export async function startBenchServers(
  config: BenchConfig,
  onProgress: (message: string) => void,
): Promise<BenchServers> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };
  try {
    const adminUrl = config.databaseUrl ?? (await startPostgres(stops, onProgress));
    const redisUrl = config.redisUrl ?? (await startRedisIfThere(stops, onProgress));
    return { adminUrl, redisUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startPostgres(
  stops: (() => Promise<void>)[],
  onProgress: (message: string) => void,
): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stile-bench-'));
  // PostgreSQL may run as another user, who must be able to pass through.
  await chmod(dataDir, 0o711);
  stops.push(() => rm(dataDir, { recursive: true, force: true }));
  const settings = { max_connections: connectionsMax };
  const server = await startEmbeddedPostgres({ dataDir, settings, onProgress });
  stops.push(() => server.stop());
  return server.url;
}

async function startRedisIfThere(
  stops: (() => Promise<void>)[],
  onProgress: (message: string) => void,
): Promise<string | undefined> {
  try {
    const server = await startRedis();
    stops.push(() => server.stop());
    return server.url;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    onProgress('no REDIS_URL and no redis-server on the PATH: the Redis engine is left out');
    return undefined;
  }
}

/** Makes a database of this name; the answer is its address. */
export async function createDatabase(adminUrl: string, name: string): Promise<string> {
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE "${name}"`));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
}

/** Runs the work on a connection of its own. */
export async function withClient<Result>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString, application_name: 'stile-bench' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
