import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stile/embedded';
import { signalTree } from './process-tree.js';
import type { FaultyServer } from './servers.js';

export interface PostgresServer extends FaultyServer {
  readonly url: string;
  stop(): Promise<void>;
}

const settings = { max_connections: '300' };

/** Starts an embedded PostgreSQL on this directory, with every write on disk before it is told. */
export async function startPostgresServer(dataDir: string): Promise<PostgresServer> {
  let server = await startEmbeddedPostgres({ dataDir, settings });
  const { url } = server;
  const port = Number(new URL(url).port);
  const signal = async (name: NodeJS.Signals) => signalTree(await postmasterPid(dataDir), name);
  return {
    url,
    // With its children: those that outlive the postmaster keep the next one from starting.
    kill: () => signal('SIGKILL'),
    restart: async () => {
      server = await startEmbeddedPostgres({ dataDir, settings, port });
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop: () => server.stop(),
  };
}

/** The first line of the file that PostgreSQL keeps in its data while it runs. */
async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'pgdata', 'postmaster.pid'), 'utf8'), 10);
}
