import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { bookingIdOf, createJobIds } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeOutcomes, OutcomeListener, outcomeChannel } from './index.js';

const outcomes = 200;
const confirmed = ['c', 1, 2_500, 99] as const;

let database: TestDatabase;
let pool: pg.Pool;
let proxy: Server;
let sockets: Socket[];
/** Bytes that the api processes' connections for outcomes have received. */
let received: number;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  received = 0;
  sockets = [];
  const { hostname, port } = new URL(database.url);
  proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    server.on('data', (data: Buffer) => {
      received += data.length;
    });
    server.pipe(client).pipe(server);
    sockets.push(client, server);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await once(proxy, 'close');
  await pool.end();
  await database.drop();
});

async function startListeners(count: number): Promise<OutcomeListener[]> {
  const url = new URL(database.url);
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as { port: number }).port);
  const listeners = Array.from(
    { length: count },
    (_, processNumber) =>
      new OutcomeListener({
        ...{ databaseUrl: url.href, pool, processNumber },
        pingMs: 60_000, // Not in the middle of the count.
        onError: (error) => {
          throw error;
        },
      }),
  );
  for (const listener of listeners) await listener.start();
  return listeners;
}

/** Bytes that so many processes receive together for each outcome that one of them waits for. */
async function bytesPerOutcome(processes: number): Promise<number> {
  const listeners = await startListeners(processes);
  const nextJobId = createJobIds(0, 0);
  received = 0;
  const told: Promise<void>[] = [];
  for (let n = 0; n < outcomes; n++) {
    const jobId = nextJobId(Date.now());
    const id = bookingIdOf(jobId, 1);
    told.push(
      new Promise((resolve) => {
        const onOutcome = () => resolve();
        listeners[0]?.expect(jobId, new Map([[id, { index: 0, isBook: true, onOutcome }]]));
      }),
    );
    for (const payload of encodeOutcomes(jobId, 0, [confirmed])) {
      await pool.query('SELECT pg_notify($1, $2)', [outcomeChannel(0), payload]);
    }
  }
  await Promise.all(told);
  const bytes = received;
  for (const listener of listeners) await listener.stop();
  return bytes / outcomes;
}

test('an outcome reaches the one process that waits for it, however many there are', async () => {
  const alone = await bytesPerOutcome(1);
  expect(alone).toBeGreaterThan(0);
  for (const processes of [2, 4, 8]) expect(await bytesPerOutcome(processes)).toBe(alone);
});
