import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, createPool } from './client.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a statement that the server does not answer fails in time, and the next one works', async () => {
  const pool = createPool({
    connectionString: database.url,
    max: 1,
    applicationName: 'test-client',
    queryTimeoutMs: 200,
    onError: () => undefined,
  });
  const startedMs = performance.now();
  await expect(pool.query('SELECT pg_sleep(30)')).rejects.toThrow('Query read timeout');
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'test-client' AND pid <> pg_backend_pid()`,
  );
  await pool.end();
});

test('a connection that is lost within a transaction fails that, and not the process', async () => {
  const connection = { connectionString: database.url, applicationName: 'test-client' };
  const onError = () => undefined;
  const pool = createPool({ ...connection, max: 1, onError });
  const other = createPool({ ...connection, max: 1, onError });
  const db = createDatabase(pool);
  const work = db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await tx.execute(sql`SELECT pg_sleep(30)`);
  });
  await expect(work).rejects.toThrow();
  expect((await db.execute(sql`SELECT 1 AS one`)).rows).toEqual([{ one: 1 }]);
  await pool.end();
  await other.end();
});
