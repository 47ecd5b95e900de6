import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import { chooseAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { type Claim, claimServer } from './claim.js';
import { hasCluster, makeCluster, pgdataOf, readPassword } from './cluster.js';
import { explainSystemError } from './failures.js';
import { writeOwnedFile } from './owned-file.js';
import { freePort, isFree } from './port.js';
import { findServer, type Installation, startServer, stopServer } from './postmaster.js';
import { portIn, renderSettings } from './settings.js';

export interface EmbeddedPostgresOptions {
  /** Where everything is kept; made when it is not there. */
  readonly dataDir: string;
  /** A port of 127.0.0.1. By default that of the last run when it is free, else any free one. */
  readonly port?: number;
  /** Settings of postgresql.conf, such as `{ max_connections: '300' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Hears, in a sentence each, the steps that take a while. */
  readonly onProgress?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** Of the database `stile`, with the password. */
  readonly url: string;
  /** Stops the server and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

type Claimed = Extract<Claim, { kind: 'claimed' }>;

/**
 * Starts a PostgreSQL server of our own on a data directory, or takes over the one that outlived
 * its killed owner, and owns it until `stop` or the end of this process. Everything committed is
 * kept: nothing in the directory is deleted but what was never finished.
 *
 * @throws when another live process owns the data, or PostgreSQL can't run; the message names the
 * fix.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    const installation = await install(dataDir, options);
    const password = await readPassword(installation.pgdata);
    const { client, server } = await ownServer(installation, password, options);
    await ensureDatabase(client);
    // The claim alone is no reason for the process to live on. The types lack this method.
    (client as pg.Client & { unref(): void }).unref();
    let stopping: Promise<void> | undefined;
    return {
      url: `postgres://stile:${password}@127.0.0.1:${server.port}/stile`,
      stop: () => {
        stopping ??= stopServer(installation, server.pid).finally(() => client.end());
        return stopping;
      },
    };
  } catch (error) {
    throw explainSystemError(dataDir, error);
  }
}

/** The data and the account that works on it, with a complete cluster. */
async function install(dataDir: string, options: EmbeddedPostgresOptions): Promise<Installation> {
  const pgdata = pgdataOf(dataDir);
  // pg_ctl puts the path between double quotes in a shell's command line.
  if (/["$`\\]/.test(pgdata)) {
    throw new Error(`PostgreSQL can't use ${pgdata}: set DATA_DIR to a path without " $ \` or \\.`);
  }
  await mkdir(dataDir, { recursive: true });
  const { initdb, pgCtl } = await findBinaries();
  const exists = await hasCluster(dataDir);
  const account = await chooseAccount(dataDir, exists ? pgdata : undefined, pgCtl);
  if (!exists) {
    options.onProgress?.(`Making a PostgreSQL database in ${dataDir}`);
    await makeCluster(dataDir, account, initdb);
  }
  return { account, pgCtl, pgdata };
}

/** A survivor that runs as asked is kept; any other is stopped, and a new server started. */
async function ownServer(
  installation: Installation,
  password: string,
  options: EmbeddedPostgresOptions,
): Promise<Claimed> {
  const { pgdata } = installation;
  const found = await claimServer(pgdata, password);
  if (found.kind === 'claimed') {
    if (await runsAsAsked(found, pgdata, options)) {
      options.onProgress?.('Took over the PostgreSQL that an earlier run left');
      return found;
    }
    await found.client.end();
  }
  if (found.kind !== 'absent') await stopServer(installation);
  await startAsAsked(installation, options);
  const own = await claimServer(pgdata, password);
  if (own.kind === 'claimed') return own;
  const cause = own.kind === 'silent' ? own.cause : undefined;
  const said = cause === undefined ? '' : ` (${cause.message})`;
  throw new Error(
    `PostgreSQL started on ${pgdata} and takes no connections${said}: see postgres.log there.`,
    { cause },
  );
}

async function runsAsAsked(
  { server }: Claimed,
  pgdata: string,
  { port = server.port, settings = {} }: EmbeddedPostgresOptions,
): Promise<boolean> {
  const current = await readFile(settingsFileOf(pgdata), 'utf8').catch(() => '');
  return server.port === port && current === renderSettings(port, settings);
}

async function startAsAsked(
  installation: Installation,
  options: EmbeddedPostgresOptions,
): Promise<void> {
  const file = settingsFileOf(installation.pgdata);
  if (options.port !== undefined && !(await isFree(options.port))) {
    throw new Error(
      `Port ${options.port} of 127.0.0.1 is taken: stop the program that listens there, or choose ` +
        'another port for PostgreSQL.',
    );
  }
  const lastPort = portIn(await readFile(file, 'utf8').catch(() => ''));
  const port = options.port ?? (await freePort(lastPort));
  await writeOwnedFile(file, renderSettings(port, options.settings ?? {}), installation.account);
  options.onProgress?.('Starting PostgreSQL');
  try {
    await startServer(installation);
  } catch (error) {
    // Another starter was first, and its server is the one to claim.
    if (!(await findServer(installation.pgdata))) throw error;
  }
}

const settingsFileOf = (pgdata: string): string => join(pgdata, 'stile.conf');

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'stile'");
  if (rowCount === 0) await client.query('CREATE DATABASE stile');
}
