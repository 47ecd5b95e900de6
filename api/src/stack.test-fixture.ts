import { openEngine } from '@stile/queue';
import { createTestDatabase, dropPrefix, type Engine, uniquePrefix } from '@stile/testing';
import { readConfig as readWorkerConfig, type StileWorker, startWorker } from '@stile/worker';
import pg from 'pg';
import { pino } from 'pino';
import { readConfig } from './config.js';
import { HttpClient, type QueuesBody } from './http-client.test-fixture.js';
import { type StileApi, startApi } from './server.js';

export interface StackOptions {
  /** False leaves everything queued until `startWorker`. */
  readonly withWorker?: boolean;
  /** The api's environment, beside where its servers are. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sent with every request of `http`, such as an operator's token. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Starts the keys of its lanes, when it matters where those are. */
  readonly prefix?: string;
  /** Where api and worker reach the database, given its address; there by default. */
  readonly databaseUrlFrom?: (url: string) => Promise<string>;
}

/** How many rows the tables have, and jobs the lanes, finished ones included. */
export interface Written {
  readonly events: number;
  readonly sections: number;
  readonly bookings: number;
  readonly ledger: number;
  readonly jobs: number;
}

/** A listening api and its worker in this process, on a database and lanes of their own. */
export interface TestStack {
  readonly http: HttpClient;
  readonly api: StileApi;
  /** One more api process on the same database and lanes; stopped with the rest, or before. */
  startAnotherApi(): Promise<StileApi>;
  readonly databaseUrl: string;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  countWritten(): Promise<Written>;
  /** Everything that is queued is gone, as when a Redis without a disk restarts. */
  emptyQueues(): Promise<void>;
  /** Stops everything; throws when something keeps a connection to the database. */
  stop(): Promise<void>;
}

const laneCount = 2;
const logger = pino({ level: 'silent' });

/** Starts a stack with two lanes on this engine; the caller stops it. */
export async function startStack(engine: Engine, options: StackOptions = {}): Promise<TestStack> {
  const { withWorker = true, environment = {}, prefix = uniquePrefix() } = options;
  const database = await createTestDatabase();
  const { redisUrl } = engine;
  const databaseUrl = (await options.databaseUrlFrom?.(database.url)) ?? database.url;
  const shared = { DATABASE_URL: databaseUrl, QUEUE_PREFIX: prefix, LANES: String(laneCount) };
  const apiConfig = readConfig({ ...shared, PORT: '0', ...environment });
  const workerConfig = readWorkerConfig({ ...shared, TAKE_WAIT_MS: '500' });
  const api = await startApi({ ...apiConfig, redisUrl }, logger);
  const apis = [api];
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  let worker: StileWorker | undefined;

  const stack: TestStack = {
    http: new HttpClient(api.address, options.headers),
    api,
    startAnotherApi: async () => {
      const another = await startApi({ ...apiConfig, redisUrl }, logger);
      apis.push(another);
      return another;
    },
    databaseUrl: database.url,
    startWorker: async () => {
      worker ??= await startWorker({ ...workerConfig, redisUrl }, logger);
    },
    stopWorker: async () => {
      await worker?.stop();
      worker = undefined;
    },
    query: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(sql, [...values])).rows,
    countWritten: async () => {
      const [rows] = await stack.query<pg.QueryResultRow & Written>(
        `SELECT (SELECT count(*)::int FROM events) AS events,
                (SELECT count(*)::int FROM sections) AS sections,
                (SELECT count(*)::int FROM bookings) AS bookings,
                (SELECT count(*)::int FROM ledger) AS ledger`,
      );
      return { ...(rows as Written), jobs: await countJobs(stack.http) };
    },
    emptyQueues: async () => {
      const onError = (error: Error): void => {
        throw error;
      };
      const lanesAt = { databaseUrl: database.url, redisUrl, prefix, onError };
      const lanes = await openEngine({ ...lanesAt, role: 'consumer' });
      for (let lane = 0; lane < laneCount; lane++) {
        const queue = lanes.queue(lane);
        await queue.obliterate({ force: true });
        await queue.close();
      }
      await lanes.close();
    },
    stop: async () => {
      await Promise.all(apis.map((each) => each.stop()));
      await stack.stopWorker();
      await pool.end();
      if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
      await database.drop();
    },
  };
  if (withWorker) await stack.startWorker();
  return stack;
}

async function countJobs(http: HttpClient): Promise<number> {
  const { body } = await http.get<QueuesBody>('/queues/api/queues');
  const counts = body.queues.flatMap((queue) => Object.values(queue.counts));
  return counts.reduce((sum, count) => sum + count, 0);
}
