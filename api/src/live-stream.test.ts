import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, type Mock, test, vi } from 'vitest';
import { LiveStream } from './live-stream.js';

const frame = Buffer.from(`${'x'.repeat(99_999)}\n`);
const server = createServer();
let onClose: Mock<() => void>;
let stream: LiveStream;
let response: ServerResponse;
let client: IncomingMessage;

beforeEach(async () => {
  onClose = vi.fn();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  stream = new LiveStream(response, () => Buffer.from('all of it\n'));
  stream.open({ 'x-own': 'kept' }, onClose);
  [client] = (await once(request, 'response')) as [IncomingMessage];
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('a client that does not read costs a frame, and is told the state when it does', async () => {
  let sent = 0;
  const socket = response.socket as Socket;
  while (!socket.writableNeedDrain) {
    stream.send(frame);
    sent++;
  }
  const waiting = socket.writableLength;
  for (let n = 0; n < 1_000; n++) stream.send(frame);
  expect(socket.writableLength).toBe(waiting);
  expect(waiting).toBeLessThan(2 * frame.length);

  let text = '';
  for await (const chunk of client.setEncoding('utf8')) {
    text += chunk;
    if (text.endsWith('all of it\n')) break;
  }
  expect(text.split('x\n')).toHaveLength(sent + 1);
});

test('a client that has read all of it is told what comes next', async () => {
  expect(client.headers).toMatchObject({
    'x-own': 'kept',
    'content-type': expect.stringContaining('event-stream'),
  });
  const [retry] = (await once(client.setEncoding('utf8'), 'data')) as [string];
  expect(retry).toMatch(/^retry: \d{4}\n\n$/);
  stream.send(Buffer.from('next\n'));
  expect(await once(client, 'data')).toEqual(['next\n']);
  stream.closeIfStuck();
  stream.end();
  await once(client, 'end');
  stream.send(frame);
  await expect.poll(() => onClose.mock.calls.length).toBe(1);
});
