import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stile/embedded';
import type { TestConfig } from './config.js';
import { fastSettings } from './postgres-settings.js';
import { redisFor } from './redis-server.js';
import type { Servers } from './servers.js';

/** The embedded PostgreSQL in a temporary directory, and Redis from the PATH when it is there. */
export async function startEmbedded(config: TestConfig): Promise<Servers> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stile-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, settings: fastSettings });
  const redis = await redisFor(config).catch(async (error) => {
    await postgres.stop();
    throw error;
  });
  return {
    kind: 'embedded',
    description: `the embedded PostgreSQL and ${redis.description}`,
    adminUrl: postgres.url,
    redisUrl: redis.url,
    withoutRedis: redis.missing,
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
