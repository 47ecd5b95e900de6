import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@stile/db';
import { startEmbeddedPostgres } from '@stile/embedded';
import { migrateQueue } from '@stile/queue';
import pretty from 'pino-pretty';
import { Child } from './child.js';
import type { LocalConfig } from './config.js';

/** The whole pipeline on this machine: servers, api and worker. */
export interface LocalStack {
  readonly address: string;
  /** Where the worker's metrics are. */
  readonly workerAddress: string;
  readonly databaseUrl: string;
  readonly pids: { readonly api: number | undefined; readonly worker: number | undefined };
  /** Stops api, worker and the embedded server, in that order. Safe to call twice. */
  stop(): Promise<void>;
}

const apiModule = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../worker/dist/main.js', import.meta.url));

/**
 * Starts PostgreSQL when no `databaseUrl` is given, migrates, then starts the worker and the api,
 * each in a process of its own. On failure what was started is stopped again.
 */
export async function startLocalStack(
  config: LocalConfig,
  onProgress: (message: string) => void,
): Promise<LocalStack> {
  const started: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const stopOne of started.reverse()) await stopOne();
    })();
    return stopped;
  };
  try {
    const databaseUrl = config.databaseUrl ?? (await startDatabase(config, onProgress, started));
    onProgress('migrating the database');
    await migrateDatabase(databaseUrl);
    if (config.redisUrl === undefined) await migrateQueue(databaseUrl);

    const environment = {
      DRAIN_MS: '0', // Ctrl-C is answered at once.
      ...config.environment,
      DATABASE_URL: databaseUrl,
      PORT: String(config.port),
      LOG_LEVEL: config.logLevel,
      METRICS_PORT: String(config.metricsPort),
    };
    const log = pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', sync: true });
    const child = (name: string, modulePath: string) =>
      new Child({ name, modulePath, environment, log, onRestart: onProgress });
    const worker = child('worker', workerModule);
    const api = child('api', apiModule);
    // The api is stopped first: the worker still answers those who wait.
    started.push(
      () => worker.stop(),
      () => api.stop(),
    );
    onProgress('starting worker and api');
    const [{ metricsAddress }, { address }] = await Promise.all([worker.start(), api.start()]);
    if (address === undefined || metricsAddress === undefined) {
      throw new Error('the api or the worker did not say where it listens');
    }
    return {
      address,
      workerAddress: metricsAddress,
      databaseUrl,
      get pids() {
        return { api: api.pid, worker: worker.pid };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(
  { dataDir }: LocalConfig,
  onProgress: (message: string) => void,
  started: (() => Promise<void>)[],
): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir, onProgress });
  started.push(() => server.stop());
  return server.url;
}
