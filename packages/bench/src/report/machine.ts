import { cpus, loadavg, release, totalmem } from 'node:os';
import { Redis } from 'ioredis';
import { type BenchServers, withClient } from '../servers/bench-servers.js';

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly postgresSettings: Readonly<Record<string, string>>;
  readonly redis: string | undefined;
  readonly redisSettings: Readonly<Record<string, string>>;
  /** Processes that wanted a core, on average over the minute before the run. */
  readonly loadBefore: number;
}

const postgresSettings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'wal_compression',
  'max_connections',
];
const redisSettings = ['appendonly', 'appendfsync', 'save'];

/** Describes this machine and the servers as they are set. */
export async function describeMachine(servers: BenchServers): Promise<Machine> {
  const { postgres, settings } = await withClient(servers.adminUrl, async (client) => {
    const version = await client.query('SHOW server_version');
    const { rows } = await client.query<{ name: string; value: string }>(
      'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1)',
      [postgresSettings],
    );
    return {
      postgres: String(version.rows[0]?.server_version),
      settings: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    };
  });
  const [core] = cpus();
  return {
    cpu: core?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${process.platform} ${release()}`,
    node: process.version,
    postgres,
    postgresSettings: settings,
    loadBefore: loadavg()[0] ?? 0,
    ...(await describeRedis(servers.redisUrl)),
  };
}

async function describeRedis(
  redisUrl: string | undefined,
): Promise<Pick<Machine, 'redis' | 'redisSettings'>> {
  if (redisUrl === undefined) return { redis: undefined, redisSettings: {} };
  const redis = new Redis(redisUrl);
  try {
    const info = await redis.info('server');
    const settings: Record<string, string> = {};
    for (const name of redisSettings) {
      const [, value = ''] = (await redis.config('GET', name)) as string[];
      settings[name] = value;
    }
    return { redis: /^redis_version:(\S+)/m.exec(info)?.[1], redisSettings: settings };
  } finally {
    redis.disconnect();
  }
}
