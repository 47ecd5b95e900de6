import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type TestStack } from './stack.test-fixture.js';

const host = 'Host: stile\r\n';
const long = 'a'.repeat(20_000);
const requests: readonly [what: string, status: number, type: string, request: string][] = [
  ['no HTTP', 400, 'bad-request', 'hello\r\n\r\n'],
  ['a method that does not exist', 400, 'bad-request', `BOOK /bookings HTTP/1.1\r\n${host}\r\n`],
  ['a header without a colon', 400, 'bad-request', `GET /events HTTP/1.1\r\n${host}oops\r\n\r\n`],
  [
    'two lengths',
    400,
    'bad-request',
    `POST /bookings HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  ],
  [
    'a length that is no number',
    400,
    'bad-request',
    `POST /bookings HTTP/1.1\r\n${host}Content-Length: two\r\n\r\n{}`,
  ],
  [
    'headers over 16 KiB',
    431,
    'headers-too-large',
    `GET /events HTTP/1.1\r\n${host}X-Long: ${long}\r\n\r\n`,
  ],
  ['an address over 16 KiB', 431, 'headers-too-large', `GET /${long} HTTP/1.1\r\n${host}\r\n`],
  ['an address in raw bytes', 400, 'bad-request', `GET /events/\x01 HTTP/1.1\r\n${host}\r\n`],
];

describe.each(engines)('bytes that are no request, with lanes on $name', (engine) => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
  });
  afterAll(() => stack.stop());

  /** All that the api answers to these bytes until it closes the connection. */
  async function answerTo(request: string): Promise<string> {
    const { hostname, port } = new URL(stack.http.address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(request);
    return text(socket);
  }

  test.each(requests)('get a problem and the end of the connection: %s', async (...row) => {
    const [, status, type, request] = row;
    const answer = await answerTo(request);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(head).toMatch(new RegExp(`^content-length: ${Buffer.byteLength(body)}$`, 'im'));
    expect(JSON.parse(body)).toMatchObject({
      type: `/problems/${type}`,
      status,
      instance: expect.stringMatching(/^\w+-\w+$/),
    });
  });

  test('do no harm: the next request is answered', async () => {
    expect((await stack.http.get('/health/live')).status).toBe(200);
  });
});
