import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks for connections that have become idle. */
const sweepMs = 50;

/**
 * The open connections of a server that is to stop without breaking a request.
 *
 * States: open → (drain) draining → (close) closing → closed.
 */
export class Connections {
  readonly #server: HttpServer;
  readonly #sockets = new Set<Socket>();
  #isDraining = false;

  /** Give it the server before that listens. */
  constructor(server: HttpServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** True once the server is about to stop: load balancers should ask others. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /**
   * Lets the connections go: for `drainMs` every request is answered as ever, and its connection is
   * closed behind the answer. New ones are still accepted meanwhile, since the kernel breaks those
   * that it has taken but the process has not when their socket is closed; it is for health checks
   * to tell load balancers in time that this server stops.
   */
  async drain(drainMs: number): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) =>
      response.setHeader('connection', 'close'),
    );
    await delay(drainMs);
  }

  /**
   * Ends the connections that have no request in hand, until `closed` settles; after `closeMsMax`
   * also those that have. Throws what `closed` throws.
   */
  async close(closed: Promise<unknown>, closeMsMax: number): Promise<void> {
    const sweep = setInterval(() => this.#endIdle(), sweepMs);
    const deadline = setTimeout(() => this.#server.closeAllConnections(), closeMsMax);
    this.#endIdle();
    try {
      await closed;
    } finally {
      clearInterval(sweep);
      clearTimeout(deadline);
    }
  }

  #endIdle(): void {
    this.#server.closeIdleConnections();
    // To Node a connection on which nothing was ever sent, as browsers open them, is not idle.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
