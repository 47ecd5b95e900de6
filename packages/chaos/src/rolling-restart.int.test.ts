import { createWriteStream, type WriteStream } from 'node:fs';
import { devNull } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { auditDatabase } from '@stile/audit';
import { laneLocks } from '@stile/db';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { BalancedClient } from './deployment/balanced-client.js';
import { ServiceProcess } from './deployment/service-process.js';

const apiModule = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../worker/dist/main.js', import.meta.url));

const laneCount = 6;
const clientsPerLane = 2;
/** A lane is asked for something far more often than it may pause. */
const pauseMs = 20;
const gapMsMax = 1_000;
/** A machine that others use too may pause by itself: then all is restarted once more. */
const triesMax = 3;
/** Many health checks of the balancer fit into it. */
const drainMs = 2_000;
const spreadMsMax = 5_000;

describe.each(engines)('2 apis and 3 workers, with lanes on $name', ({ redisUrl }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let prefix: string;
  let log: WriteStream;
  let crashes: string[];
  let apis: ServiceProcess[];
  let workers: ServiceProcess[];
  let client: BalancedClient;
  let stopping: AbortController;

  // One deployment for both tests: its processes take longer to start than to restart.
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    prefix = uniquePrefix();
    log = createWriteStream(devNull);
    crashes = [];
    apis = [newProcess('api 1', apiModule), newProcess('api 2', apiModule)];
    workers = [1, 2, 3].map((n) => newProcess(`worker ${n}`, workerModule));
    await Promise.all([...apis, ...workers].map((process) => process.start()));
    client = new BalancedClient(apis.map(({ address }) => address));
  });
  afterAll(async () => {
    await client.close();
    await Promise.all([...apis, ...workers].map((process) => process.stop()));
    log.end();
    await pool.end();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  beforeEach(() => {
    stopping = new AbortController();
  });
  // Also when the test failed: whoever books on without a server leaves nobody else a turn.
  afterEach(() => stopping.abort());

  const newProcess = (name: string, modulePath: string): ServiceProcess =>
    new ServiceProcess({
      ...{ name, modulePath, log },
      environment: {
        DATABASE_URL: database.url,
        ...(redisUrl && { REDIS_URL: redisUrl }),
        ...{ QUEUE_PREFIX: prefix, LANES: String(laneCount), LOG_LEVEL: 'fatal' },
        DRAIN_MS: String(drainMs),
      },
      onCrash: (message) => crashes.push(message),
    });

  /** How many lanes each worker owns, by the locks: most first. */
  async function spread(): Promise<number[]> {
    const { rows } = await pool.query<{ lanes: number }>(
      `SELECT count(*)::int AS lanes FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = $1 AND objsubid = 2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        GROUP BY pid ORDER BY lanes DESC`,
      [laneLocks.laneClass],
    );
    return rows.map(({ lanes }) => lanes);
  }

  const expectSpread = (shares: readonly number[]): Promise<void> =>
    vi.waitFor(async () => expect(await spread()).toEqual(shares), {
      ...{ timeout: spreadMsMax, interval: 50 },
    });

  /** Sections that take the lanes in turn. */
  async function createSections(): Promise<string[]> {
    const sections = Array.from({ length: laneCount }, (_, n) => ({
      ...{ name: `S${n}`, price: 2_500, capacity: 1_000_000 },
    }));
    const { body } = await client.post('/events', { name: 'A concert', sections });
    return (body as { sections: { id: string }[] }).sections.map(({ id }) => id);
  }

  /** Books until it is told to stop; what is neither booked nor queued is returned. */
  async function book(sectionId: string, signal: AbortSignal): Promise<unknown[]> {
    const failures: unknown[] = [];
    while (!signal.aborted) {
      try {
        const answer = await client.post('/bookings?wait=20', { sectionId, quantity: 1 });
        if (![201, 202].includes(answer.status)) failures.push(answer);
      } catch (error) {
        failures.push(error);
      }
      await delay(pauseMs);
    }
    return failures;
  }

  /** The longest time in which one of the sections, each in a lane of its own, decided nothing. */
  async function longestGapMs(sectionIds: readonly string[]): Promise<number> {
    const { rows } = await pool.query<{ gap_ms: string }>(
      `SELECT max(extract(epoch FROM gap)) * 1000 AS gap_ms
         FROM (SELECT decided_at - lag(decided_at) OVER (PARTITION BY section_id ORDER BY decided_at) AS gap
                 FROM ledger WHERE section_id = ANY ($1)) AS gaps`,
      [sectionIds],
    );
    return Number(rows[0]?.gap_ms);
  }

  test('are restarted one by one under load: no request fails, no lane pauses for a second', async () => {
    let gapMs = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < triesMax && gapMs >= gapMsMax; tries++) {
      stopping = new AbortController();
      const sections = await createSections();
      const buying = sections.flatMap((sectionId) =>
        Array.from({ length: clientsPerLane }, () => book(sectionId, stopping.signal)),
      );
      for (const process of [...apis, ...workers]) {
        await process.stop();
        await process.start();
      }
      stopping.abort();
      // However often it is tried: these hold each time.
      expect((await Promise.all(buying)).flat()).toEqual([]);
      expect(crashes).toEqual([]);
      gapMs = await longestGapMs(sections);
      console.info(`The longest pause of a lane: ${Math.round(gapMs)} ms.`);
    }
    expect(gapMs).toBeLessThan(gapMsMax);
    expect((await auditDatabase(pool)).kind).toBe('clean');
  });

  test('share the lanes evenly within 5 s as workers come and go under load', async () => {
    const buying = (await createSections()).map((sectionId) => book(sectionId, stopping.signal));
    await expectSpread([2, 2, 2]);
    const [first, ...others] = workers as [ServiceProcess, ...ServiceProcess[]];
    await first.kill();
    await expectSpread([3, 3]);
    await others[0]?.stop();
    await expectSpread([6]);
    await Promise.all([first.start(), others[0]?.start()]);
    await expectSpread([2, 2, 2]);
    stopping.abort();
    expect((await Promise.all(buying)).flat()).toEqual([]);
    // An owner that wasn't the only one of its lane would have decided something twice.
    expect((await auditDatabase(pool)).kind).toBe('clean');
  });
});
