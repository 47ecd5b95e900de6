import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from './config.js';
import { KeptConnection } from './kept-connection.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

const environment = {
  BODY_BYTES_MAX: '20000',
  HEADER_BYTES_MAX: '4096',
  HEADERS_TIMEOUT_MS: '300',
  REQUEST_TIMEOUT_MS: '600',
  KEEP_ALIVE_TIMEOUT_MS: '1000',
  CONNECTIONS_MAX: '3',
};

describe('what one client may cost', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engines[0] as (typeof engines)[number], {
      withWorker: false,
      environment,
    });
  });
  afterAll(() => stack.stop());

  const open = () => KeptConnection.open(stack.api.address);

  /** What a connection received until it was closed. */
  async function answerTo(text: string): Promise<string> {
    const client = await open();
    client.send(text);
    await client.closed();
    return client.received;
  }

  test('headers that are never complete end in a 408', async () => {
    const answer = await answerTo('GET /health/live HTTP/1.1\r\nHost: te');
    expect(answer).toMatch(/^HTTP\/1.1 408 .*application\/problem\+json/s);
    expect(answer).toContain('/problems/request-timeout');
  });

  test('so does a body that is never complete', async () => {
    const answer = await answerTo(
      'POST /bookings HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    expect(answer).toContain('/problems/request-timeout');
  });

  test('headers that are too long end in a 431', async () => {
    const answer = await answerTo(
      `GET / HTTP/1.1\r\nHost: test\r\nX: ${'x'.repeat(5_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('/problems/headers-too-large');
  });

  test('a body that is too large ends in a 413', async () => {
    const { status, body } = await stack.http.post('/events', { name: 'x'.repeat(20_000) });
    expect({ status, type: body.type }).toEqual({
      status: 413,
      type: '/problems/payload-too-large',
    });
  });

  test('a connection on which nothing more is asked for is closed', async () => {
    const client = await open();
    client.send('GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n');
    await client.closed();
    expect(client.received).toMatch(/^HTTP\/1.1 200 /);
  });

  test('connections above the bound are closed as they come', async () => {
    const kept: KeptConnection[] = [];
    await vi.waitFor(async () => {
      const client = await open();
      client.send('GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n');
      await vi.waitFor(() => expect(client.received).toContain('200 OK'));
      kept.push(client);
      expect(kept).toHaveLength(3);
    });
    const refused = await open();
    await refused.closed();
    expect(refused.received).toBe('');
    for (const client of kept) client.vanish();
  });
});

test('limits that contradict each other stop the process and are named', () => {
  const DATABASE_URL = 'postgres://localhost/none';
  expect(() => readConfig({ DATABASE_URL, HEADERS_TIMEOUT_MS: '20000' })).toThrow(
    'HEADERS_TIMEOUT_MS must not be more than REQUEST_TIMEOUT_MS',
  );
  // A client may wait 30 s in silence.
  expect(() => readConfig({ DATABASE_URL, CONNECTION_TIMEOUT_MS: '30000' })).toThrow(
    'CONNECTION_TIMEOUT_MS',
  );
});
