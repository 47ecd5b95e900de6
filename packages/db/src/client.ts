import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema.js';

/** What queries that are not part of a decision run on. */
export type Database = NodePgDatabase<typeof schema>;

/** An open transaction; what must be atomic takes one as its first argument. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface PoolOptions {
  readonly connectionString: string;
  /** Connections at most. */
  readonly max: number;
  /** Shown by PostgreSQL in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Milliseconds that a statement may take, 10,000 by default; then the server counts as down. */
  readonly queryTimeoutMs?: number;
  /** Called when an idle connection fails; the pool replaces it by itself. */
  readonly onError: (error: Error) => void;
}

/** Milliseconds to wait for a connection before the server counts as down. */
const connectTimeoutMs = 5_000;
const defaultQueryTimeoutMs = 10_000;

/**
 * A pool of connections; the caller ends it. A query that gets no answer in 10 s throws, and its
 * connection is given up.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: options.queryTimeoutMs ?? defaultQueryTimeoutMs,
    keepAlive: true,
  });
  pool.on('error', options.onError);
  // The pool listens to idle connections only: one that fails within a transaction would end the
  // process, though whoever uses it hears of that from its query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Drizzle over a pool, or over one connection: then on this session and no other. */
export const createDatabase = (connection: pg.Pool | pg.Client): Database =>
  drizzle<typeof schema, pg.Pool | pg.Client>(connection, { schema });

/**
 * Plans for the decision connection. It only ever looks rows up by index; but its statements are
 * prepared once, perhaps while the tables are empty, and the planner would read those in full and
 * go on doing so while they grow: measured, 3,000 decisions a second and falling, where 13,900 were decided otherwise.
 */
const indexPlans = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/**
 * PostgreSQL ends a transaction that is left open this long without a word: a frozen worker must
 * not keep sections locked for the one that takes over.
 */
const idleInTransactionMs = 4_000;

/**
 * The connection on which a lane's batches are decided: its own, not from a pool, and queries may
 * be sent on it without waiting for the answers of those before. The caller connects and ends it,
 * and must listen to `error`.
 */
export const createDecisionClient = (
  connectionString: string,
  applicationName: string,
): pg.Client =>
  new pg.Client({
    connectionString,
    application_name: applicationName,
    options: [...indexPlans, `idle_in_transaction_session_timeout=${idleInTransactionMs}`]
      .map((setting) => `-c ${setting}`)
      .join(' '),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    pipeline: true,
  });
