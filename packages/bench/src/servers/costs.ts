import { readdir, readFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { withClient } from './bench-servers.js';

/** What has been spent since the servers and processes began; two of them make a difference. */
export interface Costs {
  /** CPU seconds of the processes that book. */
  readonly processCpu: number;
  /** CPU seconds of PostgreSQL with all its processes; 0 when it runs elsewhere. */
  readonly postgresCpu: number;
  readonly redisCpu: number;
  readonly walBytes: number;
  /** Bytes in Redis's append-only file. */
  readonly redisBytes: number;
}

/** Ticks a second of /proc/<pid>/stat, on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Reads the counters; those that this system does not show are 0. */
export async function readCosts(
  pids: readonly (number | undefined)[],
  { adminUrl, redisUrl }: { readonly adminUrl: string; readonly redisUrl: string | undefined },
): Promise<Costs> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS "walBytes",
              pg_backend_pid() AS "backend"`,
    );
    const { walBytes, backend } = rows[0] as { walBytes: number; backend: number };
    // Read while the backend lives: its parent is the postmaster.
    const stats = await readStats();
    const secondsOf = (pid: number | undefined) => stats.get(pid ?? 0)?.ownSeconds ?? 0;
    const redis = redisUrl === undefined ? noRedis : await readRedis(redisUrl);
    return {
      processCpu: pids.reduce<number>((sum, pid) => sum + secondsOf(pid), 0),
      postgresCpu: treeSeconds(stats, stats.get(backend)?.parent),
      walBytes,
      ...redis,
    };
  });
}

const noRedis = { redisCpu: 0, redisBytes: 0 };

export const costsSince = (before: Costs, after: Costs): Costs => ({
  processCpu: after.processCpu - before.processCpu,
  postgresCpu: after.postgresCpu - before.postgresCpu,
  redisCpu: after.redisCpu - before.redisCpu,
  walBytes: after.walBytes - before.walBytes,
  redisBytes: after.redisBytes - before.redisBytes,
});

interface ProcessStat {
  readonly parent: number;
  readonly ownSeconds: number;
  /** Of children that have ended. */
  readonly childSeconds: number;
}

async function readStats(): Promise<Map<number, ProcessStat>> {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name));
  const stats = new Map<number, ProcessStat>();
  await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // The name in the second field may have spaces; what follows its bracket has none.
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [, parent = 0] = fields;
      const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
      stats.set(Number(pid), {
        parent,
        ownSeconds: (user + system) / ticksPerSecond,
        childSeconds: (childUser + childSystem) / ticksPerSecond,
      });
    }),
  );
  return stats;
}

/** The postmaster, what its ended children used, and its living children. */
function treeSeconds(stats: ReadonlyMap<number, ProcessStat>, root: number | undefined): number {
  const top = stats.get(root ?? 0);
  if (root === undefined || top === undefined) return 0;
  let sum = top.ownSeconds + top.childSeconds;
  for (const { parent, ownSeconds } of stats.values()) if (parent === root) sum += ownSeconds;
  return sum;
}

async function readRedis(redisUrl: string): Promise<Pick<Costs, 'redisCpu' | 'redisBytes'>> {
  const redis = new Redis(redisUrl);
  try {
    const info = `${await redis.info('cpu')}\n${await redis.info('persistence')}`;
    const value = (name: string) =>
      Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
    return {
      redisCpu: value('used_cpu_sys') + value('used_cpu_user'),
      redisBytes: value('aof_current_size'),
    };
  } finally {
    redis.disconnect();
  }
}
