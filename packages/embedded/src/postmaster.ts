import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFailure } from './failures.js';
import { type Account, run } from './run.js';

/** Crash recovery is bounded by max_wal_size (1 GB), which takes well under this. */
const startSecondsMax = 120;
const stopSecondsMax = 60;

/** The programs' location and account, with the data they work on. */
export interface Installation {
  readonly account: Account;
  readonly pgCtl: string;
  readonly pgdata: string;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that runs on this data, if any. A `postmaster.pid` that names no process, names
 * another program that has got the same id since, or was cut short by a full disk is removed:
 * PostgreSQL refuses to start on the last two.
 */
export async function findServer(pgdata: string): Promise<RunningServer | undefined> {
  const path = join(pgdata, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const server = parsePidFile(text);
  if (server && isOfOurUser(server.pid) && (await worksOn(server.pid, pgdata))) return server;
  await rm(path, { force: true });
  return undefined;
}

/** A server runs as the user its data belongs to, which we are or may signal as root. */
function isOfOurUser(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Line 1 of the file is the process id, line 4 the port. */
export function parsePidFile(text: string): RunningServer | undefined {
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

/**
 * Whether a live process is the server of this data. A server's working directory is its data,
 * which no copy, rename or link can blur. When the system won't tell, the program's name decides:
 * in doubt yes, because removing the file of a live server makes it stop.
 */
async function worksOn(pid: number, pgdata: string): Promise<boolean> {
  const itsFolder = await stat(`/proc/${pid}/cwd`).catch(() => undefined);
  if (itsFolder) {
    const ours = await stat(pgdata);
    return itsFolder.dev === ours.dev && itsFolder.ino === ours.ino;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(async () => {
    const { output } = await run({ prefix: [] }, 'ps', ['-o', 'command=', '-p', String(pid)]);
    return output;
  });
  return command.includes('postgres');
}

/**
 * Starts the server and waits until it takes connections. pg_ctl gives it a session of its own, so
 * it lives on when Node is killed and does not hear Ctrl-C; it logs to `postgres.log` in its data,
 * and the log before that is kept as `postgres.log.1`.
 *
 * @throws when it does not start, with the fix when that is known and the end of its log.
 */
export async function startServer({ account, pgCtl, pgdata }: Installation): Promise<void> {
  const log = join(pgdata, 'postgres.log');
  await rename(log, `${log}.1`).catch(() => undefined);
  const started = await run(account, pgCtl, [
    ...['start', '--wait', `--timeout=${startSecondsMax}`],
    ...[`--pgdata=${pgdata}`, `--log=${log}`],
  ]);
  if (started.code === 0) return;
  const logged = await readFile(log, 'utf8').catch(() => '');
  throw new Error(
    explainFailure(`PostgreSQL did not start on ${pgdata}`, logged.trim() || started.output),
  );
}

/**
 * Stops the server and waits until it is gone: connections are closed and transactions under way
 * rolled back. One that does not obey in time is told to stop at once, which loses nothing that was
 * committed. With a process id, a server of another process is left alone.
 *
 * @throws when it does not stop even so, naming its process.
 */
export async function stopServer(
  { account, pgCtl, pgdata }: Installation,
  pid?: number,
): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    const server = await findServer(pgdata);
    if (!server || server.pid !== (pid ?? server.pid)) return;
    await run(account, pgCtl, [
      ...['stop', '--wait', `--timeout=${stopSecondsMax}`],
      ...[`--pgdata=${pgdata}`, `--mode=${mode}`],
    ]);
  }
  const left = await findServer(pgdata);
  if (left) {
    throw new Error(`PostgreSQL does not stop: end its process ${left.pid} by hand (kill -9).`);
  }
}
