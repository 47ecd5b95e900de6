import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial } from 'node:net';
import { createTestDatabase } from '@stile/testing';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { OutcomeListener } from './index.js';

test('a listener that is stopped while it reconnects leaves no connection behind', async () => {
  const database = await createTestDatabase();
  const target = new URL(database.url);
  // Lets the first connection through, and the next only when it is told to.
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let onSecond = (): void => undefined;
  const second = new Promise<void>((resolve) => {
    onSecond = resolve;
  });
  let connections = 0;
  const server = createServer(async (client) => {
    const isFirst = connections++ === 0;
    if (!isFirst) onSecond();
    if (!isFirst) await held;
    const upstream = dial(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.pipe(upstream).pipe(client);
    upstream.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = new URL(database.url);
  address.hostname = '127.0.0.1';
  address.port = String((server.address() as AddressInfo).port);
  const pool = new pg.Pool({ connectionString: database.url });
  const listener = new OutcomeListener({
    ...{ databaseUrl: address.href, pool, processNumber: 7, onError: () => undefined },
  });
  await listener.start();
  const listening = () =>
    pool.query(`SELECT pid FROM pg_stat_activity WHERE application_name = 'stile-outcomes-7'
                   AND datname = current_database()`);
  await pool.query('SELECT pg_terminate_backend($1)', [(await listening()).rows[0].pid]);
  await second;
  let isStopped = false;
  const stopped = listener.stop().then(() => {
    isStopped = true;
  });
  await pool.query('SELECT 1');
  expect(isStopped).toBe(false);
  letThrough();
  await stopped;
  expect(listener.listening).toBe(false);
  await vi.waitFor(async () => expect((await listening()).rows).toEqual([]));
  await pool.end();
  server.close();
  await once(server, 'close');
  await database.drop();
});
