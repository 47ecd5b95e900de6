import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BalancedClient } from './deployment/balanced-client.js';
import { ServiceProcess } from './deployment/service-process.js';

const apiModule = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));
const workerModule = fileURLToPath(new URL('../../../worker/dist/main.js', import.meta.url));

const loadMs = 4_000;
const clients = 128;
/** Resident at most: as much as the heap alone would be allowed. */
const memoryMbMax = 384;
const normalMsMax = 1_000;
const recoveryMsMax = 5_000;

describe.each(engines)('far more than can be decided, with lanes on $name', ({ redisUrl }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let prefix: string;
  let log: WriteStream;
  let crashes: string[];
  let api: ServiceProcess;
  let worker: ServiceProcess;
  let client: BalancedClient;

  beforeEach(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
    prefix = uniquePrefix();
    log = createWriteStream(devNull);
    crashes = [];
    const environment = {
      DATABASE_URL: database.url,
      ...(redisUrl && { REDIS_URL: redisUrl }),
      ...{ QUEUE_PREFIX: prefix, LANES: '1', LOG_LEVEL: 'fatal', DRAIN_MS: '0' },
      // A lane that takes one request at a time is soon asked for far more than it can do.
      ...{ REQUESTS_PER_JOB_MAX: '1', JOBS_PER_TAKE_MAX: '1', BACKLOG_JOBS_MAX: '50' },
    };
    const newProcess = (name: string, modulePath: string) =>
      new ServiceProcess({
        ...{ name, modulePath, environment, log },
        onCrash: (message) => crashes.push(message),
      });
    api = newProcess('api', apiModule);
    worker = newProcess('worker', workerModule);
    await Promise.all([api.start(), worker.start()]);
    client = new BalancedClient([api.address]);
  });
  afterEach(async () => {
    await client.close();
    await Promise.all([api.stop(), worker.stop()]);
    log.end();
    await pool.end();
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  /** Asks without a pause; resolves to how often it was answered with what. */
  async function rush(sectionId: string): Promise<Map<number, number>> {
    const answers = new Map<number, number>();
    const endMs = performance.now() + loadMs;
    const ask = async () => {
      while (performance.now() < endMs) {
        const { status } = await client.post('/bookings', { sectionId, quantity: 1 });
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: clients }, ask));
    return answers;
  }

  /** Milliseconds from a request to its outcome; undefined when the lane is full. */
  async function outcomeMs(sectionId: string): Promise<number | undefined> {
    const startedMs = performance.now();
    const { status } = await client.post('/bookings?wait=20', { sectionId, quantity: 1 });
    return status === 201 ? performance.now() - startedMs : undefined;
  }

  test('is refused, costs no memory, and is forgotten within seconds', async () => {
    const sections = [{ name: 'Lawn', price: 2_500, capacity: 1_000_000 }];
    const { body } = await client.post('/events', { name: 'A concert', sections });
    const sectionId = (body as { sections: { id: string }[] }).sections[0]?.id as string;
    const answers = await rush(sectionId);
    const endedMs = performance.now();
    await vi.waitFor(
      async () => {
        const ms = await outcomeMs(sectionId);
        if (ms === undefined) await delay(100);
        expect(ms).toBeLessThan(normalMsMax);
      },
      { timeout: recoveryMsMax, interval: 0 },
    );
    const recoveryMs = performance.now() - endedMs;

    const [accepted = 0, refused = 0] = [answers.get(202), answers.get(503)];
    const memoryMb = { api: await peakMemoryMb(api), worker: await peakMemoryMb(worker) };
    console.info({ accepted, refused, recoveryMs: Math.round(recoveryMs), memoryMb });
    expect([...answers.keys()].sort()).toEqual([202, 503]);
    expect(refused).toBeGreaterThan(accepted);
    await expect
      .poll(async () => (await pool.query('SELECT FROM bookings')).rowCount, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(accepted + 1);
    expect(Math.max(memoryMb.api, memoryMb.worker)).toBeLessThan(memoryMbMax);
    expect(crashes).toEqual([]);
  });
});

/** The most memory that a process has had, in MB. */
async function peakMemoryMb({ pid }: ServiceProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
}
