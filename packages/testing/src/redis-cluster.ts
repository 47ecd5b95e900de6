import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, type RedisProcess, spawnRedis } from './redis-server.js';

const slotCount = 16_384;
const masterCount = 3;
const formingMsMax = 20_000;

/** One master of the cluster. */
export interface RedisMaster {
  readonly url: string;
  /** Whether the key is in one of its slots. */
  has(key: string): Promise<boolean>;
  /** Ends it as a loss of power would. */
  kill(): Promise<void>;
  /** Starts it again on the data that it had. */
  restart(): Promise<void>;
  /** Stops it from answering, without closing a connection. */
  freeze(): void;
  /** Lets it go on where it was frozen. */
  thaw(): void;
}

/** Three masters without replicas, which write before they answer. */
export interface TestRedisCluster {
  readonly masters: readonly RedisMaster[];
  stop(): Promise<void>;
}

interface Node extends RedisMaster {
  readonly port: number;
  readonly busPort: number;
  command(...args: string[]): Promise<unknown>;
}

/** Whether there is a `redis-server` on the PATH to make a cluster of. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).error === undefined;

/** @throws ENOENT when there is no `redis-server` on the PATH. */
export async function startRedisCluster(): Promise<TestRedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'stile-test-cluster-'));
  const processes: RedisProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map((node) => node.end('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const masters: Node[] = [];
    for (let n = 0; n < masterCount; n++) masters.push(await startNode(folder, n, processes));
    await form(masters);
    return { masters, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const firstSlotOf = (n: number): number => Math.floor((slotCount * n) / masterCount);

async function startNode(folder: string, n: number, processes: RedisProcess[]): Promise<Node> {
  const dir = await mkdtemp(join(folder, `${n}-`));
  const port = await freePort();
  const busPort = await freePort();
  const settings = [
    ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
    ...['--cluster-node-timeout', '1000'],
    // The lanes of the masters that live go on.
    ...['--cluster-require-full-coverage', 'no'],
  ];
  const start = async () => {
    processes[n] = await spawnRedis(dir, port, settings);
  };
  await start();
  const command = async (...[name = '', ...args]: string[]) => {
    const redis = new Redis(port, '127.0.0.1');
    try {
      return await redis.call(name, ...args);
    } finally {
      redis.disconnect();
    }
  };
  return {
    ...{ port, busPort, command },
    url: `redis://127.0.0.1:${port}`,
    has: async (key) => {
      const slot = Number(await command('CLUSTER', 'KEYSLOT', key));
      return slot >= firstSlotOf(n) && slot < firstSlotOf(n + 1);
    },
    kill: async () => processes[n]?.end('SIGKILL'),
    restart: start,
    freeze: () => processes[n]?.freeze(),
    thaw: () => processes[n]?.thaw(),
  };
}

/** Gives each node its slots and lets it meet the others; resolves when all of them agree. */
async function form(nodes: readonly Node[]): Promise<void> {
  const [first] = nodes as [Node];
  for (const [n, node] of nodes.entries()) {
    const [from, to] = [firstSlotOf(n), firstSlotOf(n + 1) - 1];
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(n + 1));
    await node.command('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    await node.command('CLUSTER', 'MEET', '127.0.0.1', String(first.port), String(first.busPort));
  }
  const deadlineMs = performance.now() + formingMsMax;
  const isFormed = async (node: Node) => {
    const about = String(await node.command('CLUSTER', 'INFO'));
    return about.includes('cluster_state:ok') && about.includes(`cluster_slots_ok:${slotCount}`);
  };
  while (!(await Promise.all(nodes.map(isFormed))).every(Boolean)) {
    if (performance.now() > deadlineMs) throw new Error('the Redis Cluster did not form');
    await delay(50);
  }
}
