import { readConfig, type StileApi, startApi } from '@stile/api';
import { createTestDatabase } from '@stile/testing';
import { readConfig as readWorkerConfig, startWorker } from '@stile/worker';
import { pino } from 'pino';

/** A listening api and its worker in this process, on a database of their own. */
export interface Stack {
  readonly address: string;
  readonly databaseUrl: string;
  /** Every route that is served. */
  readonly routes: StileApi['routes'];
  /** Ends the api: connections to it are refused until `startApi`, on the same port. */
  stopApi(): Promise<void>;
  startApi(): Promise<void>;
  /** Ends the worker: everything stays queued until `startWorker`. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  stop(): Promise<void>;
}

const logger = pino({ level: 'silent' });

/** Starts a stack with its lanes on PostgreSQL; the caller stops it. */
export async function startStack(environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const database = await createTestDatabase();
  const shared = { DATABASE_URL: database.url, LANES: '2', ...environment };
  let api = await startApi(readConfig({ ...shared, PORT: '0' }), logger);
  const { address } = api;
  const { port } = new URL(address);
  const workerConfig = readWorkerConfig({ ...shared, TAKE_WAIT_MS: '500' });
  let worker = await startWorker(workerConfig, logger);
  return {
    address,
    databaseUrl: database.url,
    routes: api.routes,
    stopApi: () => api.stop(),
    startApi: async () => {
      api = await startApi(readConfig({ ...shared, PORT: port }), logger);
    },
    stopWorker: () => worker.stop(),
    startWorker: async () => {
      worker = await startWorker(workerConfig, logger);
    },
    stop: async () => {
      await api.stop();
      await worker.stop();
      await database.drop();
    },
  };
}
