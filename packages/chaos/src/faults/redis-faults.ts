import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { FaultyServer } from '../deployment/servers.js';
import type { Fault, FaultScene } from './fault.js';

/** Killed, and started again from its append-only file. */
export const redisKilled: Fault = {
  engines: ['redis'],
  strike: async (scene) => {
    const redis = redisOf(scene);
    await redis.kill();
    await delay(scene.random.between(500, 4_000));
    await redis.restart();
  },
};

/** Emptied by FLUSHALL: what was queued and not decided is lost, unless a client has a key for it. */
export const redisEmptied: Fault = {
  engines: ['redis'],
  strike: async (scene) => {
    const fromMs = Date.now();
    await withRedis(scene, (redis) => redis.flushall());
    scene.journal.emptied.push({ fromMs, toMs: Date.now() });
  },
};

/**
 * Full: it takes no writes. `maxmemory` with `noeviction` stands for the disk: every write is
 * refused with an error, while a Redis that can't append to its file under `appendfsync always`
 * ends, which is `redis-killed`.
 */
export const redisFull: Fault = {
  engines: ['redis'],
  strike: async (scene) => {
    await withRedis(scene, (redis) => redis.config('SET', 'maxmemory', '1'));
    await delay(scene.random.between(1_000, 5_000));
    await withRedis(scene, (redis) => redis.config('SET', 'maxmemory', '0'));
  },
};

function redisOf({ deployment }: FaultScene): FaultyServer {
  const { redis } = deployment.servers;
  if (redis === undefined) throw new Error('this deployment has no Redis');
  return redis;
}

async function withRedis(
  { deployment }: FaultScene,
  work: (redis: Redis) => Promise<unknown>,
): Promise<void> {
  const redis = new Redis(deployment.servers.redisUrl ?? '', { maxRetriesPerRequest: 5 });
  redis.on('error', () => undefined);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
