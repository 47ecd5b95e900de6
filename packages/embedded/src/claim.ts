import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findServer, type RunningServer } from './postmaster.js';

/** The advisory lock that the owner of a server holds while it lives: "stil" as a number. */
const ownerLock = 0x7374696c;
/** Error codes of PostgreSQL. */
const cannotConnectNow = '57P03';
const lockNotAvailable = '55P03';
const tooManyConnections = '53300';
/** The name of the connection that holds it, for the message to a second starter. */
const ownerName = 'stile-owner';
/** How long the backend of a killed owner may take to notice. */
const lockWaitMs = 2_000;
/** How long a server may be in crash recovery, and one that just came up may refuse connections. */
const recoveryWaitMs = 120_000;
const refusedWaitMs = 5_000;
/** How long one may be busy with those who were connected before, and come back all at once. */
const busyWaitMs = 15_000;
const connectWaitMs = 5_000;
/** PostgreSQL has no "I answer now" that a process which did not start it could await. */
const retryMs = 50;

/**
 * `claimed`: the server is ours while the client is connected. `absent`: none runs on this data.
 * `silent`: one runs and takes no connections.
 */
export type Claim =
  | { readonly kind: 'claimed'; readonly client: pg.Client; readonly server: RunningServer }
  | { readonly kind: 'absent' }
  | { readonly kind: 'silent'; readonly cause: Error };

/**
 * Claims the server on this data for this process, by an advisory lock on a connection that is used
 * for nothing else. The lock ends with the process, even by SIGKILL, so it tells a live owner from
 * a survivor without process ids, which are reused.
 *
 * @throws when another live process owns the server, naming it.
 */
export async function claimServer(pgdata: string, password: string): Promise<Claim> {
  const startedAt = Date.now();
  for (;;) {
    const server = await findServer(pgdata);
    if (!server) return { kind: 'absent' };
    const answer = await connect(server, password);
    if (answer instanceof pg.Client) return takeLock(answer, server, pgdata);
    if (Date.now() - startedAt > waitMsFor(answer)) return { kind: 'silent', cause: answer };
    await delay(retryMs);
  }
}

async function connect({ port }: RunningServer, password: string): Promise<pg.Client | Error> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'stile', password, database: 'postgres' },
    ...{ application_name: `${ownerName} ${process.pid}`, keepAlive: true },
    connectionTimeoutMillis: connectWaitMs,
  });
  // When the server ends so does the claim; whoever uses the server hears of that on its own.
  client.on('error', () => undefined);
  return client.connect().then(
    () => client,
    (error: Error) => error,
  );
}

function waitMsFor(error: Error & { code?: string }): number {
  if (error.code === cannotConnectNow) return recoveryWaitMs;
  // pg's own error of a connection that took too long, or ended meanwhile, has no code.
  if (error.code === undefined || error.code === tooManyConnections) return busyWaitMs;
  return error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? refusedWaitMs : 0;
}

async function takeLock(client: pg.Client, server: RunningServer, pgdata: string): Promise<Claim> {
  try {
    await client.query(`SET lock_timeout = ${lockWaitMs}`);
    await client.query('SELECT pg_advisory_lock($1)', [ownerLock]);
    await client.query('RESET lock_timeout');
    return { kind: 'claimed', client, server };
  } catch (error) {
    const owner = await ownerProcess(client).catch(() => undefined);
    await client.end();
    const cause = error as pg.DatabaseError;
    if (cause.code !== lockNotAvailable) return { kind: 'silent', cause };
    throw new Error(
      `Another Stile${owner ? ` (process ${owner})` : ''} is running on ${pgdata}. Stop it first, ` +
        'or give this one a directory of its own with DATA_DIR.',
    );
  }
}

async function ownerProcess(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND objid = $1 AND granted`,
    [ownerLock],
  );
  return rows[0]?.name.slice(ownerName.length + 1);
}
