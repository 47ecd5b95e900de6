import { type Engine, openEngine } from '@stile/queue';
import {
  hasRedisServer,
  startRedisCluster,
  type TestRedisCluster,
  uniquePrefix,
} from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { QueueWatch } from './queue-watch.js';

/** More looks than a queue may be silent for. */
const looksMeanwhile = 4;

describe.runIf(hasRedisServer)('the watch over a Redis Cluster', () => {
  let cluster: TestRedisCluster;
  let engine: Engine;
  let watch: QueueWatch;
  let looks: number;
  let told: boolean[];

  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    engine = await openEngine({
      redisUrl: cluster.masters[0]?.url as string,
      databaseUrl: '',
      prefix: uniquePrefix(),
      role: 'consumer',
      onError: () => undefined,
    });
    looks = 0;
    told = [];
    const pingAny = async () => {
      looks++;
      await engine.pingAny();
    };
    watch = new QueueWatch({ pingAny }, (isReachable) => told.push(isReachable));
    watch.start();
  });
  afterEach(async () => {
    watch.stop();
    await engine.close();
  });

  test('is content with one master that answers: the lanes of the others wait for theirs', async () => {
    const [first, ...others] = cluster.masters;
    for (const master of others) master.freeze();
    const before = looks;
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before + looksMeanwhile));
    expect(told).toEqual([]);

    first?.freeze();
    await vi.waitFor(() => expect(told).toEqual([false]));
    for (const master of cluster.masters) master.thaw();
    await vi.waitFor(() => expect(told).toEqual([false, true]));
  });
});
