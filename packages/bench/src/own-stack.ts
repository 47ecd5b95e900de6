import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, readConfig as readLocalConfig, startLocalStack } from '@stile/local';
import { openEngine } from '@stile/queue';
import type { BenchConfig } from './config.js';

/** A server of our own: where it is, what it runs on, and how to end it. */
export interface OwnStack extends Pick<LocalStack, 'address' | 'databaseUrl' | 'pids'> {
  readonly engine: 'Redis' | 'PostgreSQL';
  /** Stops everything, and removes what was made for this run alone. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts api, worker and, without DATABASE_URL, an embedded PostgreSQL, on free ports. Without
 * DATA_DIR too, its data is thrown away afterwards; on Redis its lanes then have a prefix of their
 * own, because a worker must never meet the lanes of another database's sections.
 */
export async function startOwnStack(
  config: BenchConfig,
  onProgress: (message: string) => void,
  extraEnvironment: NodeJS.ProcessEnv = {},
): Promise<OwnStack> {
  const kept = config.databaseUrl !== undefined || config.dataDir !== undefined;
  const dataDir = config.dataDir ?? (await mkdtemp(join(tmpdir(), 'stile-bench-')));
  // PostgreSQL may run as another user, who must be able to pass through.
  if (config.dataDir === undefined) await chmod(dataDir, 0o711);
  const prefix = `stile-bench-${randomUUID()}`;
  const local = readLocalConfig({
    ...config.environment,
    ...extraEnvironment,
    ...(kept ? {} : { QUEUE_PREFIX: prefix }),
    DATA_DIR: dataDir,
    PORT: '0',
  });
  const removeData = async () => {
    if (config.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const stack = await startLocalStack(local, onProgress).catch(async (error: Error) => {
    await removeData();
    throw error;
  });
  let stopped: Promise<void> | undefined;
  return {
    address: stack.address,
    databaseUrl: stack.databaseUrl,
    get pids() {
      return stack.pids;
    },
    engine: config.redisUrl === undefined ? 'PostgreSQL' : 'Redis',
    stop: () => {
      stopped ??= (async () => {
        await stack.stop();
        if (!kept) await removeLanes(config, prefix);
        await removeData();
      })();
      return stopped;
    },
  };
}

/** Lanes on PostgreSQL went with the data; those on Redis are removed by hand. */
async function removeLanes({ redisUrl, laneCount }: BenchConfig, prefix: string): Promise<void> {
  if (redisUrl === undefined) return;
  const engine = await openEngine({
    databaseUrl: '',
    redisUrl,
    prefix,
    role: 'consumer',
    onError: () => undefined,
  });
  for (let lane = 0; lane < laneCount; lane++) {
    const queue = engine.queue(lane);
    await queue.obliterate({ force: true });
    await queue.close();
  }
  await engine.close();
}
