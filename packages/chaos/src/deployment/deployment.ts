import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@stile/db';
import { migrateQueue } from '@stile/queue';
import type { ChaosServers } from './servers.js';
import { ServiceProcess } from './service-process.js';
import { ThreadedProxy } from './threaded-proxy.js';

const apiModule = fileURLToPath(new URL('../../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../../worker/dist/main.js', import.meta.url));

const apiCount = 2;
const workerCount = 3;
/** Two lanes a worker, so that every death says twice how long a lane was without an owner. */
export const laneCount = 6;

/** A worker with the network between it and its servers. */
export interface NetworkedWorker {
  readonly process: ServiceProcess;
  readonly network: readonly ThreadedProxy[];
}

/** Two api and three worker processes on their servers, as an operator would run them. */
export interface Deployment {
  readonly servers: ChaosServers;
  readonly apis: readonly ServiceProcess[];
  readonly workers: readonly NetworkedWorker[];
  /** Processes that ended though nobody ended them. */
  readonly crashes: readonly string[];
  /** Where each process's log is. */
  readonly logFolder: string;
  /** Stops everything but the servers; keeps the logs when asked to. Safe to call twice. */
  stop(keepLogs: boolean): Promise<void>;
}

/** Migrates the servers' database and starts api and worker processes on it. */
export async function startDeployment(servers: ChaosServers): Promise<Deployment> {
  const { databaseUrl, redisUrl } = servers;
  await migrateDatabase(databaseUrl);
  if (redisUrl === undefined) await migrateQueue(databaseUrl);
  const logFolder = await mkdtemp(join(tmpdir(), 'stile-chaos-logs-'));
  const crashes: string[] = [];
  const logs: WriteStream[] = [];
  const service = (name: string, modulePath: string, environment: NodeJS.ProcessEnv) => {
    const log = createWriteStream(join(logFolder, `${name.replace(' ', '-')}.log`));
    logs.push(log);
    const onCrash = (message: string) => crashes.push(message);
    return new ServiceProcess({ name, modulePath, environment, log, onCrash });
  };
  const environmentOf = (database: string, redis: string | undefined) => ({
    ...{ LANES: String(laneCount), LOG_LEVEL: 'warn', DATABASE_URL: database },
    ...(redis === undefined ? {} : { REDIS_URL: redis }),
  });
  const apis = Array.from({ length: apiCount }, (_, n) =>
    service(`api ${n + 1}`, apiModule, environmentOf(databaseUrl, redisUrl)),
  );
  const workers: NetworkedWorker[] = [];
  for (let n = 0; n < workerCount; n++) {
    const database = await ThreadedProxy.start(databaseUrl);
    const redis = redisUrl === undefined ? undefined : await ThreadedProxy.start(redisUrl);
    workers.push({
      process: service(`worker ${n + 1}`, workerModule, environmentOf(database.url, redis?.url)),
      network: [database, ...(redis === undefined ? [] : [redis])],
    });
  }

  let stopped: Promise<void> | undefined;
  const stop = (keepLogs: boolean): Promise<void> => {
    stopped ??= (async () => {
      await Promise.all(apis.map((api) => api.stop()));
      await Promise.all(workers.map(({ process }) => process.stop()));
      await Promise.all(workers.flatMap(({ network }) => network.map((proxy) => proxy.close())));
      for (const log of logs) log.end();
      if (!keepLogs) await rm(logFolder, { recursive: true, force: true });
    })();
    return stopped;
  };
  try {
    await Promise.all(
      [...apis, ...workers.map(({ process }) => process)].map((one) => one.start()),
    );
  } catch (error) {
    await stop(true);
    throw error;
  }
  return { servers, apis, workers, crashes, logFolder, stop };
}
