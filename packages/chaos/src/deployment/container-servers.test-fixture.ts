import { Redis } from 'ioredis';
import pg from 'pg';
import {
  GenericContainer,
  getContainerRuntimeClient,
  type StartedTestContainer,
  Wait,
} from 'testcontainers';
import { vi } from 'vitest';
import type { EngineName } from '../options.js';
import { freePort } from './free-port.js';
import type { ChaosServers, FaultyServer } from './servers.js';

/** Containers of this test alone, which it may stop and start again. */
export async function startContainerServers(engine: EngineName): Promise<ChaosServers> {
  const postgres = await startPostgres();
  const redis = engine === 'redis' ? await startRedis() : undefined;
  let stopped: Promise<unknown> | undefined;
  return {
    databaseUrl: `postgres://postgres:stile@${postgres.address}/postgres`,
    postgres: postgres.server,
    redisUrl: redis && `redis://${redis.address}`,
    redis: redis?.server,
    stop: async () => {
      stopped ??= Promise.all([postgres.remove(), redis?.remove()]);
      await stopped;
    },
  };
}

/** At a port of its own: one that Docker chooses is another one after a restart. */
async function startPostgres() {
  const port = await freePort();
  const container = await new GenericContainer('postgres:17-alpine')
    .withEnvironment({ POSTGRES_PASSWORD: 'stile' })
    .withExposedPorts({ container: 5432, host: port })
    // The first time is the image's own server, which prepares the data and stops.
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return faulty(container, port, async (address) => {
    const client = new pg.Client(`postgres://postgres:stile@${address}/postgres`);
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
  });
}

async function startRedis() {
  const port = await freePort();
  const container = await new GenericContainer('redis:8-alpine')
    .withCommand(['redis-server', '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''])
    .withExposedPorts({ container: 6379, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .start();
  return faulty(container, port, async (address) => {
    const redis = new Redis(`redis://${address}`, { lazyConnect: true, retryStrategy: null });
    redis.on('error', () => undefined);
    await redis.connect().finally(() => redis.disconnect());
  });
}

const answersWithinMs = 30_000;

/** `knock` throws as long as the server does not answer. */
async function faulty(
  container: StartedTestContainer,
  port: number,
  knock: (address: string) => Promise<void>,
) {
  const address = `${container.getHost()}:${port}`;
  const runtime = await getContainerRuntimeClient();
  const docker = runtime.container.getById(container.getId());
  const server: FaultyServer = {
    kill: async () => {
      await docker.kill();
    },
    restart: async () => {
      await docker.start();
      await vi.waitFor(() => knock(address), { timeout: answersWithinMs });
    },
    freeze: async () => {
      await docker.pause();
    },
    thaw: async () => {
      await docker.unpause();
    },
  };
  const remove = () => container.stop();
  return { address, server, remove };
}
