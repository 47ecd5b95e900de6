import { randomBytes } from 'node:crypto';
import { dropPrefix } from '@stile/testing/redis';
import type { BenchConfig } from '../config.js';
import { LoadGenerator } from '../load/load-generator.js';
import {
  type BenchServers,
  createDatabase,
  dropDatabase,
  startBenchServers,
} from '../servers/bench-servers.js';

/** Where a run happens: its servers, its load, and what it leaves nothing of. */
export interface BenchSite {
  readonly servers: BenchServers;
  readonly generator: LoadGenerator;
  /** Of the processes that are started: Stile and its server are measured with their defaults. */
  readonly environment: NodeJS.ProcessEnv;
  /** Starts every Redis key of the run. */
  readonly prefix: string;
  /** Makes a database of the run's own; the answer is its address. */
  createDatabase(): Promise<string>;
  say(message: string): void;
  stop(): Promise<void>;
}

/** Opens the site; everything that was made on it goes with `stop`, also on servers that were given. */
export async function openBenchSite(
  config: BenchConfig,
  say: (message: string) => void,
): Promise<BenchSite> {
  const run = randomBytes(3).toString('hex');
  const prefix = `stile-bench-${run}`;
  const databases: string[] = [];
  const servers = await startBenchServers(config, say);
  const { PATH, HOME } = config.environment;
  const environment = { PATH, HOME };
  const generator = new LoadGenerator();
  await generator.start();
  let stopped: Promise<void> | undefined;
  return {
    ...{ servers, generator, environment, prefix, say },
    createDatabase: async () => {
      const name = `stile_bench_${run}_${databases.length}`;
      databases.push(name);
      return createDatabase(servers.adminUrl, name);
    },
    stop: () => {
      stopped ??= (async () => {
        try {
          await generator.stop();
          for (const name of databases) await dropDatabase(servers.adminUrl, name);
          if (servers.redisUrl !== undefined) await dropPrefix(servers.redisUrl, prefix);
        } finally {
          await servers.stop();
        }
      })();
      return stopped;
    },
  };
}
