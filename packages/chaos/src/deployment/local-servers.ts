import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../options.js';
import { startPostgresServer } from './postgres-server.js';
import { startRedisServer } from './redis-server.js';
import type { ChaosServers } from './servers.js';

/** Starts the servers of an engine on this machine, their data in a directory that goes with them. */
export async function startLocalServers(engine: EngineName): Promise<ChaosServers> {
  const folder = await mkdtemp(join(tmpdir(), 'stile-chaos-'));
  // PostgreSQL may run as another user, who must be able to pass through.
  await chmod(folder, 0o711);
  const started: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const stopOne of started.reverse()) await stopOne();
    })();
    return stopped;
  };
  try {
    const postgres = await startPostgresServer(join(folder, 'postgres'));
    started.push(postgres.stop);
    if (engine === 'postgres') {
      return { databaseUrl: postgres.url, postgres, redisUrl: undefined, redis: undefined, stop };
    }
    const redisFolder = join(folder, 'redis');
    await mkdir(redisFolder);
    const redis = await startRedisServer(redisFolder);
    started.push(redis.stop);
    return { databaseUrl: postgres.url, postgres, redisUrl: redis.url, redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
