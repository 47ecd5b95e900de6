import { randomBytes, randomUUID } from 'node:crypto';
import { appendFile, chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFailure } from './failures.js';
import { syncFolder, writeOwnedFile } from './owned-file.js';
import { type Account, run } from './run.js';

/** The major version of the binaries; data of another one can't be opened by them. */
const majorVersion = '17';
const stagingName = /^initializing-(\d+)-/;

/** The PostgreSQL data inside a data directory of Stile. */
export const pgdataOf = (dataDir: string): string => join(dataDir, 'pgdata');
/** The password lies inside the data, so that the two can't be separated. */
const passwordFileOf = (pgdata: string): string => join(pgdata, 'stile.password');

/**
 * Whether the data directory holds a whole cluster.
 *
 * @throws when what is there is not ours to open; the message names the way out.
 */
export async function hasCluster(dataDir: string): Promise<boolean> {
  const pgdata = pgdataOf(dataDir);
  const entries = await readdir(pgdata).catch(absent);
  if (!entries || entries.length === 0) return false;
  const version = (await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(absent))?.trim();
  if (version === undefined) {
    throw new Error(
      `${pgdata} holds files, but no PostgreSQL data. Move it away, or set DATA_DIR to another ` +
        'directory.',
    );
  }
  if (version !== majorVersion) {
    throw new Error(
      `${pgdata} was made by PostgreSQL ${version} and this version of Stile brings ` +
        `${majorVersion}. Dump it with the version of Stile that made it (pg_dumpall), move ` +
        `${pgdata} away, start again and restore the dump; or set DATA_DIR to another directory.`,
    );
  }
  return true;
}

/**
 * Makes a cluster. It is made in a directory of this process and renamed into place, so `pgdata` is
 * complete or absent, whenever the power fails; and of two starters the second to rename takes the
 * first one's cluster. What earlier tries left half made is removed.
 */
export async function makeCluster(
  dataDir: string,
  account: Account,
  initdb: string,
): Promise<void> {
  await removeLeftovers(dataDir);
  const staging = join(dataDir, `initializing-${process.pid}-${randomUUID()}`);
  try {
    await initialize(staging, account, initdb);
    await rename(pgdataOf(staging), pgdataOf(dataDir));
    await syncFolder(dataDir);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function initialize(staging: string, account: Account, initdb: string): Promise<void> {
  const pgdata = pgdataOf(staging);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(staging, 'password');
  await mkdir(staging, { mode: 0o700 });
  await writeOwnedFile(passwordFile, password, account);
  if (account.owner) await chown(staging, account.owner.uid, account.owner.gid);
  // The builtin locale is the same on every system, whatever locales that has installed.
  const { code, output } = await run(account, initdb, [
    ...[`--pgdata=${pgdata}`, '--username=stile', `--pwfile=${passwordFile}`],
    ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  if (code !== 0) throw new Error(explainFailure('PostgreSQL could not make its data', output));
  await appendFile(join(pgdata, 'postgresql.conf'), "\ninclude_if_exists 'stile.conf'\n");
  await writeOwnedFile(passwordFileOf(pgdata), password, account);
}

/** Removes clusters half made by processes that are gone; they never were anyone's data. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = Number(stagingName.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The password of the user `stile`. */
export async function readPassword(pgdata: string): Promise<string> {
  const password = await readFile(passwordFileOf(pgdata), 'utf8').catch(absent);
  if (password) return password;
  throw new Error(
    `${passwordFileOf(pgdata)} is missing or empty. Restore it from a backup of ${pgdata}, or set ` +
      'DATA_DIR to another directory.',
  );
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
