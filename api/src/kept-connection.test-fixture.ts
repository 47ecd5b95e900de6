import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that keeps its connection open, and sees what is sent on it. */
export class KeptConnection {
  readonly #socket: Socket;
  #received = '';

  static async open(address: string): Promise<KeptConnection> {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new KeptConnection(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => {
      this.#received += text;
    });
    socket.on('error', () => undefined); // 'close' follows.
  }

  /** Resolves when the other side has closed the connection. */
  readonly closed = (): Promise<unknown> =>
    this.#socket.closed ? Promise.resolve() : once(this.#socket, 'close');

  /** Everything that was received so far. */
  get received(): string {
    return this.#received;
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /** Sends a request with a body of JSON. */
  post(path: string, body: unknown, headers: readonly string[] = []): void {
    const json = JSON.stringify(body);
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: test',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(json)}`,
      ...headers,
    ];
    this.send(`${head.join('\r\n')}\r\n\r\n${json}`);
  }

  /** Ends the connection without a word. */
  vanish(): void {
    this.#socket.destroy();
  }
}
