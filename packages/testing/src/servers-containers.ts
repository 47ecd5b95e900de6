import {
  GenericContainer,
  getContainerRuntimeClient,
  type StartedTestContainer,
  Wait,
} from 'testcontainers';
import type { TestConfig } from './config.js';
import { fastSettings } from './postgres-settings.js';
import { durableArguments } from './redis-server.js';
import type { Servers } from './servers.js';

const postgresImage = 'postgres:17-alpine';
const redisImage = 'redis:8-alpine';

/**
 * PostgreSQL and Redis in containers; a Redis given by address is taken instead of one.
 *
 * @throws when no Docker answers or an image can't be had.
 */
export async function startContainers(config: TestConfig): Promise<Servers> {
  await getContainerRuntimeClient().catch((cause) => {
    throw new Error('no Docker answers', { cause });
  });
  const starting = [startPostgres(), ...(config.redisUrl ? [] : [startRedis()])];
  const results = await Promise.allSettled(starting);
  const [postgres, redis] = results.map((one) =>
    one.status === 'fulfilled' ? one.value : undefined,
  );
  const stop = async () => {
    await Promise.all([postgres?.stop(), redis?.stop()]);
  };
  const failed = results.find((result) => result.status === 'rejected');
  if (failed || !postgres) {
    await stop();
    throw failed?.reason;
  }
  const redisUrl =
    config.redisUrl ?? (redis && `redis://${redis.getHost()}:${redis.getMappedPort(6379)}`);
  return {
    kind: 'containers',
    description: `containers of ${postgresImage} and ${redis ? redisImage : 'Redis of TEST_REDIS_URL'}`,
    adminUrl: `postgres://postgres:stile@${postgres.getHost()}:${postgres.getMappedPort(5432)}/postgres`,
    redisUrl,
    withoutRedis: undefined,
    stop,
  };
}

function startPostgres(): Promise<StartedTestContainer> {
  const settings = Object.entries(fastSettings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return (
    new GenericContainer(postgresImage)
      .withEnvironment({ POSTGRES_PASSWORD: 'stile' })
      .withCommand(['postgres', ...settings])
      .withExposedPorts(5432)
      // The first time is the image's own server, which prepares the data and stops.
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start()
  );
}

function startRedis(): Promise<StartedTestContainer> {
  return new GenericContainer(redisImage)
    .withCommand(['redis-server', ...durableArguments])
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .start();
}
