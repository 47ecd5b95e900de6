import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@stile/db';
import { migrateQueue } from '@stile/queue';
import { Connection } from '../flash-sale/connection.js';
import { BenchProcess } from '../servers/bench-process.js';
import { withClient } from '../servers/bench-servers.js';
import {
  rowName,
  type SoldCheck,
  type Stock,
  type StockOptions,
  type Subject,
  seatsPerRow,
  waitSeconds,
} from './subject.js';

export interface StileOptions {
  readonly name: string;
  readonly title: string;
  /** Direct: migrations and checks are not measured. */
  readonly nearDatabaseUrl: string;
  /** What its processes use, perhaps further away. */
  readonly databaseUrl: string;
  /** Carries the lanes; without it PostgreSQL does. */
  readonly redisUrl?: string | undefined;
  readonly prefix: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Settings of api and worker that differ from the defaults. */
  readonly settings?: NodeJS.ProcessEnv;
  readonly workers?: number;
}

/** Stile as it runs in production: an api and a worker, each a process. */
export interface StileSubject extends Subject {
  /** Of its one api. */
  readonly origin: string;
  readonly options: StileOptions;
  readonly stop: () => Promise<void>;
}

const apiModule = fileURLToPath(new URL('../../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../../worker/dist/main.js', import.meta.url));
const readyWithinMs = 20_000;
const sectionsPerEventMax = 500;
const seatPrice = 4_900;

/** Migrates the database and starts the processes; resolves when every lane has an owner. */
export async function startStile(options: StileOptions): Promise<StileSubject> {
  const { nearDatabaseUrl, databaseUrl, redisUrl, prefix, workers = 1 } = options;
  await migrateDatabase(nearDatabaseUrl);
  if (redisUrl === undefined) await migrateQueue(nearDatabaseUrl);
  const environment = {
    ...options.environment,
    LOG_LEVEL: 'warn',
    BENCH_ROUTES: 'true',
    ...options.settings,
    ...{ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: databaseUrl, QUEUE_PREFIX: prefix },
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };
  const process = (name: string, modulePath: string) =>
    new BenchProcess({ name: `${options.name} ${name}`, modulePath, environment });
  const api = process('api', apiModule);
  const workerProcesses = Array.from({ length: workers }, () => process('worker', workerModule));
  const processes = [api, ...workerProcesses];
  const stop = async (): Promise<void> => {
    // The api first: workers still answer those who wait.
    for (const one of processes) await one.stop();
  };
  try {
    const [{ address: origin }] = await Promise.all([
      api.start(),
      ...workerProcesses.map((worker) => worker.start()),
    ]);
    if (origin === undefined) throw new Error('the api did not say where it listens');
    await waitUntilReady(origin);
    return {
      ...{ options, name: options.name, title: options.title, kind: 'stile', origin, stop },
      origins: () => [origin],
      bookPath: `/bookings?wait=${waitSeconds}`,
      eventPath: (eventId) => `/events/${eventId}`,
      sellsSeats: true,
      createStock: (stock) => createStock(origin, stock),
      check: (stock) => check(nearDatabaseUrl, stock),
      pids: () => processes.map(({ pid }) => pid),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The handler of the same server that takes, validates and answers the same, and does nothing. */
export const validateOnly = (stile: StileSubject): Subject => ({
  ...stile,
  name: 'validate-only',
  title: 'only validates',
  kind: 'limit',
  bookPath: `/bench/validate-only?wait=${waitSeconds}`,
  check: async () => undefined,
});

async function waitUntilReady(origin: string): Promise<void> {
  const deadlineMs = performance.now() + readyWithinMs;
  for (;;) {
    const answer = await fetch(`${origin}/health/ready`);
    const health = await answer.text();
    if (answer.status === 200) return;
    if (performance.now() > deadlineMs) throw new Error(`${origin} is not ready: ${health}`);
    await delay(50);
  }
}

async function createStock(origin: string, options: StockOptions): Promise<Stock> {
  const connection = new Connection(origin);
  const sectionIds: string[] = [];
  let eventId = '';
  while (sectionIds.length < options.sections) {
    const count = Math.min(options.sections - sectionIds.length, sectionsPerEventMax);
    const sections = Array.from({ length: count }, (_, number) => newSection(number, options));
    const json = JSON.stringify({ name: 'Benchmark', kind: 'benchmark', sections });
    const { status, body } = await connection.post('/events', json);
    if (status !== 201) throw new Error(`POST /events answered ${status}: ${JSON.stringify(body)}`);
    const event = body as { id: string; sections: { id: string }[] };
    eventId ||= event.id;
    sectionIds.push(...event.sections.map(({ id }) => id));
  }
  await connection.close();
  return { eventId, sectionIds };
}

function newSection(number: number, { capacity, reserved }: StockOptions) {
  const section = { name: `S${number}`, price: seatPrice };
  if (!reserved) return { ...section, capacity };
  const rows = Array.from({ length: Math.ceil(capacity / seatsPerRow) }, (_, row) => ({
    row: rowName(row),
    seats: Math.min(seatsPerRow, capacity - row * seatsPerRow),
  }));
  return { ...section, seating: 'reserved', rows };
}

async function check(databaseUrl: string, { sectionIds }: Stock): Promise<SoldCheck> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query(checkQuery, [sectionIds]),
  );
  return rows[0];
}

// Plain sums over the bookings, which share no code with what decided them.
const checkQuery = `
  SELECT sum(capacity)::float8 AS capacity, sum(sold)::float8 AS sold,
         sum(bookings)::float8 AS bookings,
         count(*) FILTER (WHERE sold > capacity OR sold <> capacity - remaining)::integer
           AS "sectionsWrong"
    FROM (SELECT capacity, remaining,
                 coalesce(sum(quantity) FILTER (WHERE status IN ('held', 'confirmed')), 0) AS sold,
                 count(bookings.id) FILTER (WHERE status IN ('held', 'confirmed')) AS bookings
            FROM sections LEFT JOIN bookings ON bookings.section_id = sections.id
           WHERE sections.id = ANY ($1::uuid[])
           GROUP BY sections.id) AS section`;
