import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from './index.js';

let databases: TestDatabase[];
let clients: pg.Client[];

beforeEach(() => {
  databases = [];
  clients = [];
});

afterEach(async () => {
  for (const client of clients) await client.end();
  for (const database of databases) await database.drop();
});

async function clone(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  databases.push(database);
  return database;
}

async function connect(url: string, application_name = 'servers-test'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

test('a clone has the schema, and what is done in it stays in it', async () => {
  const [one, other] = await Promise.all([
    connect((await clone()).url),
    connect((await clone()).url),
  ]);
  await one.query('CREATE TABLE mine ()');
  await expect(other.query('SELECT FROM mine')).rejects.toThrow(/does not exist/);
  expect((await other.query('SELECT FROM sections')).rowCount).toBe(0);
});

test('a connection left open fails the drop, named, and the database is gone all the same', async () => {
  const database = await createTestDatabase();
  await connect(database.url, 'leaky');
  await expect(database.drop()).rejects.toThrow(/1 connections were left open on .*: leaky/);
  await expect(connect(database.url)).rejects.toThrow(/does not exist/);
});

test('a connection that is on its way out does not fail the drop', async () => {
  const database = await createTestDatabase();
  const client = await connect(database.url);
  const ended = client.end();
  await database.drop();
  await ended;
});

describe.each(engines)('the $name engine', ({ redisUrl }) => {
  test('answers', async () => {
    if (!redisUrl) {
      const client = await connect((await clone()).url);
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      return;
    }
    const redis = new Redis(redisUrl);
    const [prefix, other] = [uniquePrefix(), uniquePrefix()];
    await redis.mset(`{${prefix}}:lane-0:id`, '1', `${prefix}:meta`, '2', `${other}:id`, '3');
    expect(await dropPrefix(redisUrl, prefix)).toBe(2);
    expect(await dropPrefix(redisUrl, other)).toBe(1);
    await redis.quit();
  });
});
