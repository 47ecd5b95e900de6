import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { AddressGuard } from './public-address.js';
import { Sender } from './send.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Sends one message to a receiver that answers like this, from a sender with this guard. */
async function sendTo(
  listener: RequestListener,
  guard = new AddressGuard(true),
  host = '127.0.0.1',
) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sender = new Sender(guard, 300);
  const url = `http://${host}:${(server.address() as AddressInfo).port}/hook?a=b`;
  try {
    return await sender.send({ url, secret, id: 'msg_1', body: '{"type":"booking.held"}' });
  } finally {
    sender.close();
    server.closeAllConnections();
    server.close();
  }
}

test('what is sent verifies as a Standard Webhook', async () => {
  let verified: unknown;
  const attempt = await sendTo(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const headers = request.headers as Record<string, string>;
    verified = new Webhook(secret).verify(body, headers);
    expect(request.headers['webhook-signature']).toMatch(/^v1,/);
    response.writeHead(204).end();
  });
  expect(attempt).toEqual({ kind: 'answered', statusCode: 204 });
  expect(verified).toEqual({ type: 'booking.held' });
});

test('a redirection is an answer, not a way on', async () => {
  let requests = 0;
  const attempt = await sendTo((_request, response) => {
    requests++;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect({ attempt, requests }).toEqual({
    attempt: { kind: 'answered', statusCode: 302 },
    requests: 1,
  });
});

test('a receiver that does not answer in time has not got it', async () => {
  const attempt = await sendTo(() => undefined);
  expect(attempt).toEqual({ kind: 'unanswered', error: 'no answer in 300 ms' });
});

test('a name that points to this machine when it is connected to reaches nobody', async () => {
  let requests = 0;
  const rebound = new AddressGuard(false, (_hostname, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]),
  );
  const attempt = await sendTo(() => requests++, rebound, 'partner.example');
  expect(attempt).toMatchObject({ kind: 'unanswered' });
  expect(attempt).toHaveProperty('error', expect.stringContaining('not an address of the public'));
  expect(requests).toBe(0);
});
