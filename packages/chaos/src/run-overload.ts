import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { BalancedClient } from './deployment/balanced-client.js';
import type { ChaosServers } from './deployment/servers.js';
import { ServiceProcess } from './deployment/service-process.js';

const apiModule = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../worker/dist/main.js', import.meta.url));

export interface OverloadRun {
  /** A migrated database and, for the Redis engine, a Redis. */
  readonly servers: Pick<ChaosServers, 'databaseUrl' | 'redisUrl'>;
  /** Starts the names of the lanes' queues. */
  readonly prefix: string;
  readonly seconds: number;
  /** Hears how many requests were answered so far, every five seconds. */
  readonly onProgress?: (answered: number) => void;
}

export interface OverloadReport {
  /** Requests that were queued, and those that were refused with 503. */
  readonly accepted: number;
  readonly refused: number;
  /** Answers of any other kind: there must be none. */
  readonly others: readonly number[];
  /** From the end of the rush to the first outcome that came within a second. */
  readonly recoveryMs: number;
  /** Resident memory in MB: halfway, and the most there ever was. */
  readonly memoryMb: Readonly<Record<'api' | 'worker', { halfway: number; peak: number }>>;
  /** Accepted requests that have no booking ten seconds later: there must be none. */
  readonly lost: number;
  readonly crashes: readonly string[];
}

const clients = 128;
const normalMsMax = 1_000;
const recoveryMsMax = 30_000;
const decidedWithinMs = 10_000;
const progressEveryMs = 5_000;
const lookEveryMs = 100;

/** A lane that takes one request at a time is soon asked for far more than it can do. */
const slowLane = {
  ...{ LANES: '1', LOG_LEVEL: 'fatal', DRAIN_MS: '0' },
  ...{ REQUESTS_PER_JOB_MAX: '1', JOBS_PER_TAKE_MAX: '1', BACKLOG_JOBS_MAX: '50' },
};

/** Asks one lane for many times what it can decide, and sees what that costs and how it ends. */
export async function runOverload(run: OverloadRun): Promise<OverloadReport> {
  const { servers, prefix, seconds, onProgress } = run;
  const { databaseUrl, redisUrl } = servers;
  const log = createWriteStream(devNull);
  const crashes: string[] = [];
  const newProcess = (name: string, modulePath: string) =>
    new ServiceProcess({
      ...{ name, modulePath, log, onCrash: (message) => crashes.push(message) },
      environment: {
        ...{ DATABASE_URL: databaseUrl, QUEUE_PREFIX: prefix, ...slowLane },
        ...(redisUrl && { REDIS_URL: redisUrl }),
      },
    });
  const api = newProcess('api', apiModule);
  const worker = newProcess('worker', workerModule);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  let client: BalancedClient | undefined;
  try {
    await Promise.all([api.start(), worker.start()]);
    client = new BalancedClient([api.address]);
    const sectionId = await openSection(client);
    const halfway = delay((seconds * 1_000) / 2).then(() => memory([api, worker], 'VmRSS'));
    halfway.catch(() => undefined); // Seen where it is awaited.
    const answers = await rush(client, sectionId, seconds, onProgress);
    const { recoveryMs, booked } = await untilNormal(client, sectionId);
    const [apiHalfway = 0, workerHalfway = 0] = await halfway;
    const [apiPeak = 0, workerPeak = 0] = await memory([api, worker], 'VmHWM');
    const accepted = answers.get(202) ?? 0;
    return {
      ...{ accepted, refused: answers.get(503) ?? 0, recoveryMs, crashes },
      others: [...answers.keys()].filter((status) => status !== 202 && status !== 503),
      memoryMb: {
        api: { halfway: apiHalfway, peak: apiPeak },
        worker: { halfway: workerHalfway, peak: workerPeak },
      },
      lost: await undecidedOf(pool, accepted + booked),
    };
  } finally {
    await client?.close();
    await Promise.all([api.stop(), worker.stop()]);
    log.end();
    await pool.end();
  }
}

async function openSection(client: BalancedClient): Promise<string> {
  const sections = [{ name: 'Lawn', price: 2_500, capacity: 1_000_000 }];
  const { body } = await client.post('/events', { name: 'A concert', sections });
  return (body as { sections: { id: string }[] }).sections[0]?.id as string;
}

/** Asks without a pause; resolves to how often it was answered with what. */
async function rush(
  client: BalancedClient,
  sectionId: string,
  seconds: number,
  onProgress?: (answered: number) => void,
): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  const endMs = performance.now() + seconds * 1_000;
  let answered = 0;
  const ticker = setInterval(() => onProgress?.(answered), progressEveryMs);
  const ask = async () => {
    while (performance.now() < endMs) {
      const { status } = await client.post('/bookings', { sectionId, quantity: 1 });
      answers.set(status, (answers.get(status) ?? 0) + 1);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask)).finally(() => clearInterval(ticker));
  return answers;
}

/**
 * Asks until somebody who waits hears the outcome within a second again: after how long that was, and
 * how many of these requests were taken.
 */
async function untilNormal(
  client: BalancedClient,
  sectionId: string,
): Promise<{ recoveryMs: number; booked: number }> {
  const startedMs = performance.now();
  for (let booked = 0; ; ) {
    const askedMs = performance.now();
    const { status } = await client.post('/bookings?wait=20', { sectionId, quantity: 1 });
    const nowMs = performance.now();
    if (status === 201 || status === 202) booked++;
    const recoveryMs = nowMs - startedMs;
    if (status === 201 && nowMs - askedMs < normalMsMax) return { recoveryMs, booked };
    if (recoveryMs > recoveryMsMax) throw new Error('no outcome came within a second again');
    if (status !== 201) await delay(lookEveryMs);
  }
}

/** How many of the requests that were taken have no booking in the end. */
async function undecidedOf(pool: pg.Pool, taken: number): Promise<number> {
  const deadlineMs = performance.now() + decidedWithinMs;
  for (;;) {
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM bookings');
    const missing = taken - (rows[0]?.n ?? 0);
    if (missing <= 0 || performance.now() > deadlineMs) return Math.max(0, missing);
    await delay(lookEveryMs);
  }
}

const memory = (processes: readonly ServiceProcess[], line: 'VmRSS' | 'VmHWM') =>
  Promise.all(
    processes.map(async ({ pid }) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const [, kilobytes] = new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
      return Math.round(Number(kilobytes) / 1_024);
    }),
  );
