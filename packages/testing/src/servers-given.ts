import type { TestConfig } from './config.js';
import { redisFor } from './redis-server.js';
import type { Servers } from './servers.js';

/** Uses the servers whose addresses were given; Redis may still come from the PATH. */
export async function useGiven(config: TestConfig): Promise<Servers> {
  const { databaseUrl } = config;
  if (!databaseUrl) throw new Error('TEST_SERVERS=given needs TEST_DATABASE_URL.');
  const redis = await redisFor(config);
  return {
    kind: 'given',
    description: `PostgreSQL of TEST_DATABASE_URL and ${redis.description}`,
    adminUrl: databaseUrl,
    redisUrl: redis.url,
    withoutRedis: redis.missing,
    stop: redis.stop,
  };
}
