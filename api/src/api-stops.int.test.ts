import { engines } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KeptConnection } from './kept-connection.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

/** Ends soon after the last test; no test waits for it. */
const drainMs = 1_000;
const getLive = 'GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n';

describe.each(engines)('an api that is told to stop, with lanes on $name', (engine) => {
  let stack: TestStack;
  let clients: KeptConnection[];
  beforeEach(async () => {
    stack = await startStack(engine, { withWorker: false });
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.vanish();
    await stack.stop();
  });

  async function open(count: number): Promise<KeptConnection[]> {
    const opened = await Promise.all(
      Array.from({ length: count }, () => KeptConnection.open(stack.api.address)),
    );
    clients.push(...opened);
    return opened;
  }

  test('answers what comes on a connection that is open, and then closes it', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    const [client] = (await open(1)) as [KeptConnection];
    client.send(getLive);
    await vi.waitFor(() => expect(client.received).toMatch(/^connection: keep-alive.*"live"/ims));
    void stack.api.drain(drainMs);
    client.post('/bookings', { sectionId, quantity: 1 });
    await client.closed();
    expect(client.received).toMatch(/HTTP\/1.1 202 .*^connection: close.*"queued"/ims);
  });

  test('says so in its health, and goes on answering until load balancers had time to ask', async () => {
    void stack.api.drain(drainMs);
    expect(await stack.http.get('/health/live')).toMatchObject({
      status: 503,
      body: { status: 'stopping' },
    });
    const ready = await stack.http.get('/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { status: 'stopping' } });
    expect((await stack.http.get('/events')).status).toBe(200);
  });

  test('waits for no idle connection', async () => {
    const [client] = (await open(1)) as [KeptConnection];
    await stack.api.drain(10);
    await stack.api.stop();
    await client.closed();
    expect(client.received).toBe('');
  });

  test('hands the 202 to those who still wait for an outcome', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    const clients = await open(3);
    for (const client of clients) client.post('/bookings?wait=30', { sectionId, quantity: 1 });
    await vi.waitFor(() => expect(stack.api.waiting).toBe(3));
    await stack.api.stop();
    for (const client of clients) {
      await client.closed();
      expect(client.received).toMatch(/^HTTP\/1.1 202 .*^location: \/bookings\/.*"queued"/ims);
      expect(client.received).toMatch(/^retry-after: 1/im);
    }
  });

  test('hands the 202 to who waits for an earlier request with the same key', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    const headers = { 'idempotency-key': 'only-one' };
    await stack.http.post('/bookings', { sectionId, quantity: 1 }, headers);
    const [client] = (await open(1)) as [KeptConnection];
    client.post('/bookings?wait=30', { sectionId, quantity: 1 }, [
      'Idempotency-Key: only-one',
      // Its answer says that the request has arrived.
      'Expect: 100-continue',
    ]);
    await vi.waitFor(() => expect(client.received).toContain('100 Continue'));
    await stack.api.stop();
    await client.closed();
    expect(client.received).toMatch(/HTTP\/1.1 202 .*^idempotency-replayed: true/ims);
  });

  test('waits for nobody who is gone', async () => {
    const { id: sectionId } = await stack.http.createSection(100);
    for (const client of await open(20)) {
      client.post('/bookings?wait=30', { sectionId, quantity: 1 });
    }
    await vi.waitFor(() => expect(stack.api.waiting).toBe(20));
    for (const client of clients) client.vanish();
    await vi.waitFor(() => expect(stack.api.waiting).toBe(0));
  });
});
