import { createDatabase } from '@stile/db';
import { createTestDatabase, dropPrefix, engines, uniquePrefix } from '@stile/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secret, tokenOf } from '../access/tokens.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';
import { openRateLimits } from './open-rate-limits.js';
import { rateConfigFrom } from './settings.js';

const fail = (error: Error): void => {
  throw error;
};

describe.each(engines)('limits shared by two api processes, counted in $name', (engine) => {
  test('what one has let through the other counts as well', async () => {
    const database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.url });
    const prefix = uniquePrefix();
    const rates = rateConfigFrom({ LIMIT_PER_CALLER: 100, LIMIT_WINDOW_SECONDS: 3_600 });
    const deps = {
      rates,
      redisUrl: engine.redisUrl,
      prefix,
      db: createDatabase(pool),
      onError: fail,
    };
    const processes = [await openRateLimits(deps), await openRateLimits(deps)] as const;
    const [first, second] = processes.map(({ options }) => options.limiters.caller);
    for (let n = 0; n < 90; n++) first?.take('ann');
    // Loud enough to ask what the others have counted, and hearing 90 leaves nothing.
    for (let n = 0; n < 10; n++) second?.take('ann');
    await expect.poll(() => second?.take('ann').remaining, { timeout: 5_000 }).toBe(0);
    expect(second?.take('ann').allowed).toBe(false);
    expect(second?.take('bob').remaining).toBe(99);
    for (const process of processes) await process.close();
    await pool.end();
    if (engine.redisUrl !== undefined) await dropPrefix(engine.redisUrl, prefix);
    await database.drop();
  });
});

describe('limits over HTTP', () => {
  let stack: TestStack;
  let ann: string;
  let sectionId: string;
  beforeAll(async () => {
    stack = await startStack(engines[0] as (typeof engines)[number], {
      environment: {
        ...{ JWT_SECRET: secret, TRUST_PROXY: 'loopback' },
        ...{ LIMIT_PER_CALLER: '20', LIMIT_PER_ADDRESS: '30', LIMIT_WINDOW_SECONDS: '3600' },
        ...{ WAITS_PER_CALLER_MAX: '2' },
      },
      withWorker: false,
      headers: { authorization: `Bearer ${await tokenOf('olga', { scope: 'operate' })}` },
    });
    ann = await tokenOf('ann');
    sectionId = (await stack.http.createSection(10)).id;
  });
  afterAll(() => stack.stop());

  const from = (address: string, credential?: string) =>
    stack.http.as(undefined).send('/bookings', {
      headers: {
        'x-forwarded-for': address,
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      },
    });

  test('a caller is told how much is left, then a 429 and when to come back', async () => {
    const token = await tokenOf('cleo');
    const client = stack.http.as(token);
    const first = await client.get('/bookings');
    expect(first.headers.get('ratelimit-limit')).toBe('20');
    expect(first.headers.get('ratelimit-remaining')).toBe('19');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    for (let n = 1; n < 20; n++) expect((await client.get('/bookings')).status).toBe(200);
    const refused = await client.get('/bookings');
    expect([refused.status, refused.body.type]).toEqual([429, '/problems/rate-limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect((await client.get('/health/live')).status).toBe(200);
  });

  test('an address is limited whoever calls from it, before it is known who', async () => {
    const nobody = 'not a token';
    for (let n = 0; n < 30; n++) expect((await from('192.0.2.1', nobody)).status).toBe(401);
    expect((await from('192.0.2.1', nobody)).status).toBe(429);
    expect((await from('192.0.2.1', ann)).status).toBe(429);
    expect((await from('192.0.2.2', ann)).status).toBe(200);
  });

  test('a caller has no more requests waiting at a time than allowed', async () => {
    const dora = stack.http.as(await tokenOf('dora'));
    const book = (wait: number) => dora.post(`/bookings?wait=${wait}`, { sectionId, quantity: 1 });
    const answers = await Promise.all([book(1), book(1), book(1), book(0)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429]);
    expect((await book(1)).status).toBe(202);
  });
});
