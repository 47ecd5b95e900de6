import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrateDatabase } from './index.js';

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));
let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url, application_name: 'migrate-test' });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

/** Everything that migrations make, and how many of them ran. */
async function readSchema(): Promise<{ migrations: number; objects: string[] }> {
  const migrations = await client.query('SELECT FROM drizzle.__drizzle_migrations');
  const objects = await client.query<{ object: string }>(
    `SELECT relkind::text || ' ' || relname AS object FROM pg_class
      WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT 'constraint ' || conname FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
      ORDER BY object`,
  );
  return { migrations: migrations.rowCount ?? 0, objects: objects.rows.map((row) => row.object) };
}

async function emptyDatabase(): Promise<void> {
  await client.query('DROP SCHEMA public, drizzle CASCADE; CREATE SCHEMA public');
}

test('migrating a database that is up to date changes nothing', async () => {
  const before = await readSchema();
  await migrateDatabase(database.url);
  expect(await readSchema()).toEqual(before);
  expect(before.objects).toContain('trigger ledger_append_only');
});

test('several processes may migrate an empty database at once: each migration runs once', async () => {
  const expected = await readSchema();
  await emptyDatabase();
  await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(database.url)));
  const files = await readdir(migrationsFolder);
  expect(await readSchema()).toEqual(expected);
  expect(expected.migrations).toBe(files.filter((file) => file.endsWith('.sql')).length);
});

test('without the lock that lets them through one by one, some of them fail', async () => {
  await emptyDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 5 });
  const runs = await Promise.allSettled(
    Array.from({ length: 5 }, () => migrate(drizzle(pool), { migrationsFolder })),
  );
  await pool.end();
  expect(runs.map(({ status }) => status)).toContain('rejected');
});
