import { once } from 'node:events';
import {
  type AddressInfo,
  createServer,
  connect as dial,
  type Server,
  type Socket,
} from 'node:net';

/** `reset`: connections break and new ones are refused. `silence`: packets vanish, nobody is told. */
export type CutKind = 'reset' | 'silence';

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
}

/**
 * The network between one process and one server, which can be cut and healed. After a silence
 * what was sent meanwhile arrives late, as TCP sends it again; a side that went away during it is
 * heard of only then.
 *
 * States: whole → cut → whole …, → closed.
 */
export class TcpProxy {
  readonly #target: URL;
  readonly #pairs = new Set<Pair>();
  #server: Server | undefined;
  #port = 0;
  #silent = false;

  /** A proxy in front of the server of this address. */
  static async start(serverUrl: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(serverUrl));
    await proxy.#listen();
    return proxy;
  }

  private constructor(target: URL) {
    this.#target = target;
  }

  /** The server's address with this proxy's host and port. */
  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String(this.#port);
    return url.href;
  }

  async cut(kind: CutKind): Promise<void> {
    if (kind === 'reset') return this.close();
    this.#silent = true;
    for (const { client, upstream } of this.#pairs) {
      client.unpipe(upstream).pause();
      upstream.unpipe(client).pause();
    }
  }

  async heal(): Promise<void> {
    this.#silent = false;
    if (this.#server === undefined) return this.#listen();
    for (const pair of this.#pairs) {
      if (pair.client.destroyed || pair.upstream.destroyed) this.#drop(pair);
      else this.#join(pair);
    }
  }

  /** Ends every connection and refuses new ones. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = server && once(server.close(), 'close');
    for (const pair of this.#pairs) this.#drop(pair);
    await closed;
  }

  async #listen(): Promise<void> {
    const server = createServer((client) => this.#forward(client));
    await once(server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  #forward(client: Socket): void {
    const upstream = dial(Number(this.#target.port), this.#target.hostname);
    const pair = { client, upstream };
    this.#pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!this.#silent) this.#drop(pair);
      });
    }
    if (this.#silent) client.pause();
    else this.#join(pair);
  }

  #join({ client, upstream }: Pair): void {
    client.pipe(upstream);
    upstream.pipe(client);
  }

  #drop(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.client.destroy();
    pair.upstream.destroy();
  }
}
