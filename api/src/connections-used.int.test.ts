import { createDatabase, ensureLanes } from '@stile/db';
import { engines } from '@stile/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startStack, type TestStack } from './stack.test-fixture.js';

/** What docs/operations.md says of the connections of each process, by the names PostgreSQL shows. */
const perProcess = {
  'stile-api': 10,
  'stile-outcomes': 1,
  'stile-worker': 4,
  'stile-lane-owner': 1,
  'stile-webhooks': 4,
};
/** Of the one worker that tells webhooks, on the queue's server. */
const ofWebhooks = { redis: 1, postgres: 5 };
/** Of an owned lane: its decisions and, on the PostgreSQL engine, five for its queue. */
const perLane = { redis: { database: 1, redis: 1 }, postgres: { database: 6, redis: 0 } };
/** Of an api for adding jobs on the PostgreSQL engine; one for each process on Redis. */
const producerMax = 10;
const laneCount = 6;

describe.each(engines)('connections, with lanes on $name', (engine) => {
  let stack: TestStack;
  let redis: Redis | undefined;
  let redisBefore: number;
  beforeEach(async () => {
    redis = engine.redisUrl === undefined ? undefined : new Redis(engine.redisUrl);
    redisBefore = await redisConnections();
    stack = await startStack(engine);
  });
  afterEach(async () => {
    await stack.stop();
    await redis?.quit();
  });

  async function redisConnections(): Promise<number> {
    const clients = await redis?.client('LIST');
    return clients === undefined ? 0 : String(clients).trim().split('\n').length;
  }

  /** Connections to the database by application, a lane's and a process's number left out. */
  async function databaseConnections(): Promise<Map<string, number>> {
    const rows = await stack.query<{ name: string; count: number }>(
      `SELECT regexp_replace(application_name, '-[0-9]+$', '') AS name, count(*)::int
         FROM pg_stat_activity
        WHERE datname = current_database() AND application_name ~ '^(stile|lane-)'
        GROUP BY 1`,
    );
    return new Map(rows.map(({ name, count }) => [name, count]));
  }

  /** Opens what load opens: many bookings in each lane at once. */
  async function load(): Promise<void> {
    const capacities = Array.from({ length: laneCount }, () => 1_000);
    await vi.waitFor(
      async () => {
        const { sections } = await stack.http.createEvent(...capacities);
        const answers = await Promise.all(
          Array.from({ length: 10 * laneCount }, (_, n) =>
            stack.http.post('/bookings?wait=20', {
              ...{ sectionId: sections[n % laneCount]?.id, quantity: 1 },
            }),
          ),
        );
        expect(answers.every(({ status }) => status === 201)).toBe(true);
      },
      { timeout: 20_000 },
    );
  }

  test('are as many as documented', async () => {
    const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 1 });
    await ensureLanes(createDatabase(pool), laneCount);
    await pool.end();
    // A worker takes lanes that were added at its next look.
    const lanesOwned = async () => (await databaseConnections()).get('stile-lane');
    await expect.poll(lanesOwned, { timeout: 20_000 }).toBe(laneCount);
    await load();
    const counts = await databaseConnections();
    const redisCount = (await redisConnections()) - redisBefore;

    for (const [name, max] of Object.entries(perProcess)) {
      expect(counts.get(name) ?? 0, name).toBeLessThanOrEqual(max);
      expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
    }
    expect(counts.get('stile-lane')).toBe(laneCount);
    const ofLane = perLane[engine.name];
    const consumers = (counts.get('stile-queue-consumer') ?? 0) + (counts.get('lane') ?? 0);
    expect(consumers).toBeLessThanOrEqual((ofLane.database - 1) * laneCount + ofWebhooks.postgres);
    expect(counts.get('stile-queue-producer') ?? 0).toBeLessThanOrEqual(producerMax);
    // One for each of the two processes beside those of the lanes and of webhooks.
    const beside = 2 + ofWebhooks.redis;
    expect(redisCount).toBe(engine.name === 'redis' ? beside + ofLane.redis * laneCount : 0);
  });
});
