import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestConfig } from './config.js';

/** Redis as Stile runs it: what it has answered is on disk. */
export const durableArguments = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];

export interface TestRedis {
  readonly description: string;
  readonly url: string | undefined;
  /** Why there is none, when there is none. */
  readonly missing?: string;
  stop(): Promise<void>;
}

/** The Redis whose address was given, else one of the `redis-server` on the PATH, else none. */
export async function redisFor({ redisUrl }: TestConfig): Promise<TestRedis> {
  const nothingToStop = async () => undefined;
  if (redisUrl)
    return { description: 'Redis of TEST_REDIS_URL', url: redisUrl, stop: nothingToStop };
  try {
    return await startRedis();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const missing = 'no TEST_REDIS_URL and no redis-server on the PATH';
    return { description: 'no Redis', url: undefined, missing, stop: nothingToStop };
  }
}

/**
 * A Redis of our own on a free port, with its data in a temporary folder.
 *
 * @throws ENOENT when there is no `redis-server`; what it printed when it does not start.
 */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'stile-test-redis-'));
  const stopAndRemove = async (stop?: () => Promise<void>) => {
    await stop?.();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const server = await spawnRedis(folder, port);
    const stop = () => stopAndRemove(() => server.end('SIGTERM'));
    return { description: 'redis-server of the PATH', url: `redis://127.0.0.1:${port}`, stop };
  } catch (error) {
    await stopAndRemove();
    throw error;
  }
}

/** A `redis-server` that runs, with its data in a folder of ours. */
export interface RedisProcess {
  /** Sends the signal and waits until the process has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops it from answering, without closing a connection. */
  freeze(): void;
  /** Lets it go on where it was frozen. */
  thaw(): void;
}

/** @throws ENOENT when there is no `redis-server`; what it printed when it does not start. */
export async function spawnRedis(
  folder: string,
  port: number,
  settings: readonly string[] = [],
): Promise<RedisProcess> {
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const server = spawn('redis-server', [...where, ...durableArguments, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const hasEnded = server.exitCode !== null || server.signalCode !== null;
    if (!hasEnded && server.kill(signal)) await once(server, 'exit');
  };
  try {
    await once(server, 'spawn');
    await readyLine(server.stdout);
  } catch (error) {
    await end('SIGTERM');
    throw error;
  }
  return { end, freeze: () => server.kill('SIGSTOP'), thaw: () => server.kill('SIGCONT') };
}

/** Reads on after the line: a server whose output nobody reads blocks when the pipe is full. */
function readyLine(output: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    createInterface(output)
      .on('line', (line) => {
        if (line.includes('Ready to accept connections')) resolve();
        else lines.push(line);
      })
      .on('close', () => reject(new Error(`redis-server did not start:\n${lines.join('\n')}`)));
  });
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
