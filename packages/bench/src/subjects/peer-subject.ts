import { fileURLToPath } from 'node:url';
import { firstTuning, type PeerTuning } from '../peers/peer.js';
import { type PeerName, type Strategy, strategies } from '../peers/strategies.js';
import { BenchProcess } from '../servers/bench-process.js';
import { checkPeerStock, createPeerStock } from './peer-stock.js';
import type { Subject } from './subject.js';

export interface PeerOptions {
  readonly name: PeerName;
  readonly nearDatabaseUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly prefix: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface PeerSubject extends Subject {
  readonly stop: () => Promise<void>;
}

const peerModule = fileURLToPath(new URL('../../dist/peers/main.js', import.meta.url));
const workerModule = fileURLToPath(
  new URL('../../dist/peers/bullmq-worker-main.js', import.meta.url),
);

/** Starts a peer's processes on a database that has Stile's tables and the peers'. */
export async function startPeer(options: PeerOptions): Promise<PeerSubject> {
  const { name, nearDatabaseUrl, databaseUrl, redisUrl, prefix } = options;
  const strategy: Strategy = strategies[name];
  const environment = {
    ...options.environment,
    LOG_LEVEL: 'warn',
    ...{ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: databaseUrl, QUEUE_PREFIX: prefix },
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    PEER: name,
  };
  const servers = [1, 2].map(
    (number) =>
      new BenchProcess({ name: `${name} ${number}`, modulePath: peerModule, environment }),
  );
  const worker = new BenchProcess({
    name: `${name} worker`,
    modulePath: workerModule,
    environment,
  });
  const processes = name === 'bullmq' ? [...servers, worker] : servers;
  const stop = async (): Promise<void> => {
    for (const one of processes) await one.stop();
  };
  try {
    const ready = await Promise.all(processes.map((process) => process.start()));
    const origins = ready.flatMap(({ address }) => address ?? []);
    let used: number = firstTuning.processes;
    return {
      ...{ name, title: strategy.title, kind: 'peer', stop },
      origins: () => origins.slice(0, used),
      bookPath: '/bench/peer/bookings',
      eventPath: (eventId) => `/bench/peer/events/${eventId}`,
      sellsSeats: strategy.sellsSeats,
      createStock: (stock) => createPeerStock(nearDatabaseUrl, stock),
      check: (stock) => checkPeerStock(nearDatabaseUrl, stock),
      pids: () => processes.map(({ pid }) => pid),
      tuning: {
        candidates: candidatesOf(strategy),
        apply: async (tuning) => {
          for (const process of processes) await process.ask({ tuning });
          used = tuning.processes;
        },
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** With one server; which of them two are better with is tried last. */
const candidatesOf = ({ retries }: Strategy): PeerTuning[] =>
  retries
    ? [1, 8].flatMap((poolMax) =>
        [2, 10].map((retryDelayMs) => ({ ...firstTuning, poolMax, retryDelayMs })),
      )
    : [1, 4, 8, 16, 32].map((poolMax) => ({ ...firstTuning, poolMax }));
