import { once } from 'node:events';
import { createServer } from 'node:net';
import { createPool } from '@stile/db';
import { OverloadedError } from '@stile/queue';
import { Redis } from 'ioredis';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { isServerDown, problemFromError } from './problem-from-error.js';
import { ProblemError } from './problems.js';

let closedPort: number;
beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  closedPort = (server.address() as { port: number }).port;
  server.close();
  await once(server, 'close');
});

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const postgresUrl = () => `postgres://stile@127.0.0.1:${closedPort}/stile`;

/** What the clients throw when nothing listens; made by the clients themselves. */
const failures: readonly [what: string, fail: () => Promise<unknown>][] = [
  ['a client of PostgreSQL', async () => caught(new pg.Client(postgresUrl()).connect())],
  [
    'a pool of PostgreSQL',
    async () => {
      const connectionString = postgresUrl();
      const onError = () => undefined;
      const pool = createPool({
        connectionString,
        max: 1,
        applicationName: 'test',
        queryTimeoutMs: 1_000,
        onError,
      });
      const error = await caught(pool.query('SELECT 1'));
      await pool.end();
      return error;
    },
  ],
  [
    'PostgreSQL under a name with several addresses',
    async () => caught(new pg.Client(postgresUrl().replace('127.0.0.1', 'localhost')).connect()),
  ],
  [
    'PostgreSQL under a name that does not exist',
    async () => caught(new pg.Client('postgres://stile@stile.invalid/stile').connect()),
  ],
  ['Redis that is not reached again', () => redisFailure({ maxRetriesPerRequest: 1 })],
  ['Redis without a queue for offline times', () => redisFailure({ enableOfflineQueue: false })],
  ['Redis whose connection was closed', () => redisFailure({ retryStrategy: () => null })],
];

async function redisFailure(options: object): Promise<unknown> {
  const redis = new Redis(closedPort, '127.0.0.1', options);
  redis.on('error', () => undefined);
  const error = await caught(redis.ping());
  redis.disconnect();
  return error;
}

describe('a server that is down', () => {
  test.each(failures)('makes the answer "unavailable, try again": %s', async (_what, fail) => {
    const error = await fail();
    expect(error).toBeInstanceOf(Error);
    expect(isServerDown(error)).toBe(true);
    expect(isServerDown(new Error('a query failed', { cause: error }))).toBe(true);
    const { code, details } = problemFromError(error as Error);
    expect(code).toBe('unavailable');
    expect(details.retryAfterSeconds).toBe(1);
    expect(details.detail).not.toContain(String(closedPort));
  });

  test.each(['57P01', '57P03', '53300', '08006', '08P01', '58030', '25006'])(
    'is told by its SQLSTATE %s',
    (code) => {
      expect(isServerDown(Object.assign(new Error('from the server'), { code }))).toBe(true);
    },
  );

  test.each<[string, unknown]>([
    ['a constraint', Object.assign(new Error('duplicate key'), { code: '23505' })],
    ['a syntax error', Object.assign(new Error('syntax error'), { code: '42601' })],
    ['a statement that took too long', Object.assign(new Error('canceled'), { code: '57014' })],
    ['a fault of our own', new TypeError('x is not a function')],
    ['no error at all', 'ECONNREFUSED'],
  ])('is not seen in %s', (_what, error) => {
    expect(isServerDown(error)).toBe(false);
  });
});

describe('an error at the edge', () => {
  test('that nobody foresaw tells nothing of the inside', () => {
    const { code, details } = problemFromError(new Error('password of admin is wrong'));
    expect(code).toBe('internal');
    expect(JSON.stringify(details)).not.toContain('admin');
  });

  test('of an overloaded lane says when to come back', () => {
    const { code, details } = problemFromError(new OverloadedError(7));
    expect(code).toBe('overloaded');
    expect(details.retryAfterSeconds).toBe(7);
  });

  test('that is a problem already stays as it is', () => {
    const problem = new ProblemError('unknown-event', { detail: 'No such event.' });
    expect(problemFromError(problem)).toBe(problem);
  });
});
