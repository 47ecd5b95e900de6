import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const host = 'Host: stile\r\n';
const json = 'Content-Type: application/json\r\n';
const get = `GET /health/live HTTP/1.1\r\n${host}\r\n`;

/** Bytes that no client library sends: each is written, and then the sending half is closed. */
export const rawRequests: readonly string[] = [
  get.repeat(50),
  `${get}${get.slice(0, 10)}`,
  `POST /bookings HTTP/1.1\r\n${host}${json}Content-Length: 100\r\n\r\n{"sectionId":`,
  `POST /bookings HTTP/1.1\r\n${host}${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
  `POST /bookings HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}`,
  `POST /bookings HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  `POST /bookings HTTP/1.1\r\n${host}${json}Content-Length: -1\r\n\r\n`,
  `POST /events HTTP/1.1\r\n${host}${json}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
  `GET http://evil.example/events HTTP/1.1\r\n${host}\r\n`,
  `GET //evil.example/.. HTTP/1.1\r\n${host}\r\n`,
  `GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`,
  `GET /assets/..%2f..%2fpackage.json HTTP/1.1\r\n${host}\r\n`,
  `GET /events\u0000 HTTP/1.1\r\n${host}\r\n`,
  'GET /events HTTP/1.1\r\n\r\n',
  'GET /events HTTP/0.9\r\n\r\n',
  `GET /events HTTP/1.1\r\n${host}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n`,
  `GET /events HTTP/1.1\r\n${host}Cookie: ${'a=b; '.repeat(1_000)}\r\n\r\n`,
  `GET /events HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(3_000)}\r\n`,
  `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
  `GET /events HTTP/1.1\r\n${host}Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
];

/** The statuses that the server answers to these bytes until it closes the connection. */
export async function statusesOfRaw(address: string, bytes: string): Promise<number[]> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.end(bytes, 'latin1');
  const answer = await text(socket).catch(() => '');
  return [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}
