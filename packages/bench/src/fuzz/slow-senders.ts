import { connect, type Socket } from 'node:net';

const byteEveryMs = 200;
const headOf = (credential: string): string =>
  [
    'POST /bookings HTTP/1.1',
    'Host: stile',
    `Authorization: Bearer ${credential}`,
    'Content-Type: application/json',
    'Content-Length: 16000',
    '',
    '{',
  ].join('\r\n');

/** Clients that each send a body byte by byte, and begin again when the server has given them up. */
export class SlowSenders {
  readonly #address: string;
  readonly #head: string;
  readonly #sockets = new Set<Socket>();
  readonly #statuses: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(address: string, senders: number, credential: string) {
    this.#address = address;
    this.#head = headOf(credential);
    this.#timer = setInterval(() => {
      while (this.#sockets.size < senders) this.#begin();
      for (const socket of this.#sockets) socket.write(' ');
    }, byteEveryMs);
  }

  /** Lets go of all of them; the statuses that the server gave them up with. */
  stop(): readonly number[] {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
    return this.#statuses;
  }

  #begin(): void {
    const { hostname, port } = new URL(this.#address);
    const socket = connect(Number(port), hostname);
    this.#sockets.add(socket);
    socket.on('data', (answer) => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1'))?.[1];
      if (status !== undefined) this.#statuses.push(Number(status));
    });
    socket.on('error', () => undefined); // A byte too late for a connection that was closed.
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write(this.#head);
  }
}
