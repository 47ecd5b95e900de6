import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { type ProblemCode, problemBody, problems } from './problems.js';

/** What Node's HTTP parser says of a request that no route will ever see. */
const told: Readonly<Record<string, readonly [code: ProblemCode, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The address and the headers are too long together.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request was not complete in time.'],
};

/**
 * Answers a client whose bytes are not an HTTP request with a problem, as every other fault is,
 * and closes the connection: nothing that follows on it can be made sense of.
 */
export function answerClientError(error: ConnectionError, socket: Socket, instance: string): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const [code, detail] = told[error.code] ?? ['bad-request', 'This is not valid HTTP/1.1.'];
    const body = JSON.stringify(problemBody(code, instance, { detail }));
    const head = [
      `HTTP/1.1 ${problems[code].status} ${problems[code].title}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}
