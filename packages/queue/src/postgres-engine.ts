import { setTimeout as delay } from 'node:timers/promises';
import { laneMax } from '@stile/core';
import {
  createPostgresBackend,
  type PostgresConnectionOptions,
  type Queue,
  runMigrations,
  type Worker,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import type { Engine, EngineOptions } from './engine.js';
import { laneQueueName } from './names.js';
import { queueOptions, taskOptions, workerOptions } from './queue-options.js';

const postgresSchema = 'bullmq';

/** Connections that a process keeps for adding jobs to all of its lanes. */
const producerPoolMax = 10;
/** Milliseconds after which a consumer is told of what failed. */
const failureDelayMs = 100;
/** An owned lane keeps one connection for LISTEN and uses up to four more for a moment. */
const connectionsPerLane = 5;

const onPostgres = withBackend(createPostgresBackend);

/** Creates or upgrades the tables of BullMQ's PostgreSQL backend, in a schema of their own. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'stile-migrate',
  });
  await client.connect();
  try {
    await runMigrations(client, postgresSchema);
  } finally {
    await client.end();
  }
}

const insufficientPrivilege = '42501';

/** A role that may not change the schema relies on `npm run db:migrate`. */
function unlessForbidden(error: unknown): void {
  if ((error as { code?: unknown }).code !== insufficientPrivilege) throw error;
}

/** Lanes on PostgreSQL, in the tables of BullMQ. */
export async function openPostgresEngine(options: EngineOptions): Promise<Engine> {
  const { onError } = options;
  const producer = options.role === 'producer';
  const settings = [
    `search_path=${postgresSchema}`,
    // A job fetched or settled twice is decided once, so a consumer need not wait for the disk.
    `synchronous_commit=${producer ? 'on' : 'off'}`,
    // BullMQ's functions keep their first plans, and those made for an empty table read all of it.
    'enable_seqscan=off',
  ];
  await migrateQueue(options.databaseUrl).catch(unlessForbidden);
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    application_name: `stile-queue-${options.role}`,
    // Of a consumer the lanes that it owns are the bound, and those change.
    max: producer ? producerPoolMax : (laneMax + 1) * connectionsPerLane,
    keepAlive: true,
  }).on('error', onError);
  // The pool listens to idle connections only; one that BullMQ has in use must not end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const connection = viewForBullMq(pool, producer ? 0 : failureDelayMs);
  const ping = async () => {
    await pool.query('SELECT 1');
  };
  // BullMQ types its classes by backend; what is used here is the same on both.
  return {
    name: 'postgres',
    pool,
    queue: (lane) =>
      new onPostgres.Queue(laneQueueName(lane), { ...queueOptions, connection }).on(
        'error',
        onError,
      ) as unknown as Queue,
    worker: (lane, takeWaitMs) =>
      new onPostgres.Worker(laneQueueName(lane), null, {
        ...workerOptions(takeWaitMs),
        connection,
      }).on('error', onError) as unknown as Worker,
    taskQueue: (name) =>
      new onPostgres.Queue(name, { ...queueOptions, connection }).on(
        'error',
        onError,
      ) as unknown as Queue,
    taskWorker: (name, process, worker) =>
      new onPostgres.Worker(name, process, { ...taskOptions(worker), connection }).on(
        'error',
        onError,
      ) as unknown as Worker,
    ping,
    pingAny: ping,
    close: () => pool.end(),
  };
}

/**
 * The pool as BullMQ gets to see it. Each of its queues and workers listens to the errors of the
 * pool it is given, and goes on listening when it is closed, so lanes that come and go would leave
 * more and more listeners behind: the pool's errors are heard once, by whoever opened it. And its
 * worker tries again at once what failed, so a failure is told late: while there is no connection
 * to be had, the process would do nothing else.
 */
function viewForBullMq(pool: pg.Pool, delayMs: number): PostgresConnectionOptions {
  const late = async (error: Error): Promise<never> => {
    if (delayMs > 0) await delay(delayMs);
    throw error;
  };
  const view = {
    options: pool.options,
    connect: () => pool.connect().catch(late),
    query: (text: string, values?: unknown[]) => pool.query(text, values).catch(late),
    end: () => pool.end(),
    on: () => view,
    removeAllListeners: () => view,
  };
  return view as unknown as PostgresConnectionOptions;
}
