import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import type { FaultyServer } from './servers.js';

export interface RedisServer extends FaultyServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What Redis has answered is on disk, as docs ask of a production server. */
const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];

/**
 * Starts the `redis-server` of the PATH with its data in this directory.
 *
 * @throws when there is none, or what it printed when it does not start.
 */
export async function startRedisServer(folder: string): Promise<RedisServer> {
  const port = await freePort();
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  let server: ChildProcess;
  const start = async () => {
    server = spawn('redis-server', [...where, ...durable], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server, 'spawn').catch((cause) => {
      throw new Error('The Redis engine needs redis-server on the PATH.', { cause });
    });
    await untilReady(server);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    restart: start,
    freeze: async () => {
      server.kill('SIGSTOP');
    },
    thaw: async () => {
      server.kill('SIGCONT');
    },
    stop: () => end('SIGKILL'),
  };
}

/** Reads on after the line: a server whose output nobody reads blocks when the pipe is full. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    createInterface(server.stdout as NodeJS.ReadableStream)
      .on('line', (line) => {
        if (line.includes('Ready to accept connections')) resolve();
        else if (lines.length < 50) lines.push(line);
      })
      .on('close', () => reject(new Error(`redis-server did not start:\n${lines.join('\n')}`)));
  });
}
