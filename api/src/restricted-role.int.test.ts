import { randomUUID } from 'node:crypto';
import { createPool, grantToApp } from '@stile/db';
import { engines } from '@stile/testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type TestStack } from './stack.test-fixture.js';

describe.each(engines)(
  'a database role with no more rights than needed, lanes on $name',
  (engine) => {
    const role = `stile_app_${randomUUID().slice(0, 8)}`;
    let stack: TestStack;
    let asRole: pg.Pool;
    beforeAll(async () => {
      stack = await startStack(engine, {
        databaseUrlFrom: async (ownerUrl) => {
          await grantToApp(ownerUrl, role, 'only-for-tests');
          const url = new URL(ownerUrl);
          url.username = role;
          url.password = 'only-for-tests';
          asRole = createPool({
            connectionString: url.href,
            max: 1,
            applicationName: 'role',
            onError,
          });
          return url.href;
        },
      });
    });
    afterAll(async () => {
      await asRole.end();
      await stack.stop();
      // Its rights went with the database, but a role belongs to the whole server.
      const server = new URL(stack.databaseUrl);
      server.pathname = '/postgres';
      const owner = createPool({
        ...{ connectionString: server.href, max: 1 },
        applicationName: 'owner',
        onError,
      });
      await owner.query(`DROP ROLE ${role}`);
      await owner.end();
    });

    test('is enough for the whole life of a booking', async () => {
      const { http } = stack;
      const userId = await http.createUser();
      const hall = await http.createHall(4);
      const held = await http.post<{ id: string }>(
        '/bookings?wait=10',
        { sectionId: hall.id, quantity: 2, userId, hold: true },
        { 'idempotency-key': randomUUID() },
      );
      expect(held.status).toBe(201);
      expect(
        (await http.send(`/bookings/${held.body.id}/confirm`, { method: 'POST' })).status,
      ).toBe(200);
      expect((await http.patch(`/sections/${hall.id}`, { price: 9 })).status).toBe(200);
      expect((await http.delete(`/bookings/${held.body.id}`)).status).toBe(204);
      expect((await http.get(`/events/${hall.eventId}/stats`)).status).toBe(200);
      expect((await http.delete(`/events/${hall.eventId}`)).status).toBe(204);
      expect((await http.get('/health/ready')).status).toBe(200);
    });

    test('reaches every table: a new one must be named in grant-to-app.ts', async () => {
      const { rows } = await asRole.query(
        `SELECT relname FROM pg_class
          WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND NOT has_table_privilege(oid, 'SELECT')`,
      );
      expect(rows).toEqual([]);
    });

    test.each([
      'UPDATE ledger SET remaining = 0',
      'DELETE FROM ledger',
      'DELETE FROM bookings',
      "INSERT INTO api_keys (id, name, hash, scopes) VALUES ('x', 'x', repeat('0', 64), '{operate}')",
      'ALTER TABLE ledger DISABLE TRIGGER ALL',
      'DROP TABLE users',
      'CREATE TABLE extra (id int)',
      'TRUNCATE seats',
      'SELECT * FROM drizzle.__drizzle_migrations',
    ])('is not enough for %s', async (sql) => {
      await expect(asRole.query(sql)).rejects.toMatchObject({ code: '42501' });
    });
  },
);

const onError = (error: Error): void => {
  throw error;
};
