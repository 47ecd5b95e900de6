import { setTimeout as delay } from 'node:timers/promises';
import { findEmbeddedPostgres } from '@stile/embedded';
import type { BenchConfig } from '../config.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';

/** The server that a sale runs against. */
export interface Target {
  readonly address: string;
  /** Of its database; undefined when only the server knows. */
  readonly databaseUrl: string | undefined;
  /** The database was found, not given: it may be another server's. */
  readonly guessed: boolean;
  /** Set when it was started for this sale. */
  readonly own: OwnStack | undefined;
}

const defaultDataDir = '.data';
const probeTimeoutMs = 2_000;
const readyWithinMs = 30_000;
const readyEveryMs = 100;

/**
 * Finds the server to sell on: the one at `url`, else the one on the configured port, else one
 * that is started. Resolves when it decides bookings.
 */
export async function openTarget(
  url: string | undefined,
  config: BenchConfig,
  onProgress: (message: string) => void,
): Promise<Target> {
  const address = url ?? `http://127.0.0.1:${config.port}`;
  if (await isLive(address)) {
    await waitUntilReady(address);
    // A server on this machine is most often that of `npm start`, whose data we can find.
    const embeddedUrl = await findEmbeddedPostgres(config.dataDir ?? defaultDataDir);
    const guessed = config.databaseUrl === undefined;
    return { address, databaseUrl: config.databaseUrl ?? embeddedUrl, guessed, own: undefined };
  }
  if (url !== undefined) {
    throw new Error(`no Stile answers at ${url}; without --url one is started for the sale`);
  }
  onProgress(`no server at ${address}: starting one for this sale`);
  const own = await startOwnStack(config, onProgress);
  try {
    await waitUntilReady(own.address);
  } catch (error) {
    await own.stop();
    throw error;
  }
  return { address: own.address, databaseUrl: own.databaseUrl, guessed: false, own };
}

/** Whether a Stile answers there; another program's answer is none. */
async function isLive(address: string): Promise<boolean> {
  const health = await readJson(`${address}/health/live`).catch(() => undefined);
  return health?.status === 'live';
}

/** The server may still be handing out its lanes; what it then takes is not the sale's time. */
async function waitUntilReady(address: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const health = await readJson(`${address}/health/ready`);
    if (health.status === 'ready') return;
    if (performance.now() > deadline) {
      throw new Error(`the server is not ready: ${JSON.stringify(health)}`);
    }
    await delay(readyEveryMs);
  }
}

async function readJson(url: string): Promise<{ readonly status?: unknown }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs) });
  return (await answer.json()) as { status?: unknown };
}
