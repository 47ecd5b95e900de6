import { once } from 'node:events';
import { createServer, connect as dial } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startDelayingProxy } from './delaying-proxy.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that sends back what it gets, and a client of it through a proxy. */
async function echoThrough(oneWayMs: number) {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  closers.push(async () => echo.close());
  const { port } = echo.address() as { port: number };
  const proxy = await startDelayingProxy({ host: '127.0.0.1', port }, oneWayMs);
  closers.push(() => proxy.close());
  const client = dial(proxy.port, '127.0.0.1').setEncoding('utf8');
  await once(client, 'connect');
  closers.push(async () => client.destroy());
  return client;
}

describe('a delaying proxy', () => {
  it('adds its way twice to a round trip', async () => {
    const client = await echoThrough(20);
    const sentAtMs = performance.now();
    client.write('x');
    await once(client, 'data');
    expect(performance.now() - sentAtMs).toBeGreaterThanOrEqual(39);
  });

  it('keeps the order of what is sent', async () => {
    const client = await echoThrough(1);
    const numbers = Array.from({ length: 500 }, (_, number) => `${number};`);
    let heard = '';
    client.on('data', (text) => {
      heard += text;
    });
    for (const number of numbers) {
      client.write(number);
      await new Promise(setImmediate);
    }
    while (heard.length < numbers.join('').length) await once(client, 'data');
    expect(heard).toBe(numbers.join(''));
  });
});
