import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

export interface ProxyTarget {
  readonly host: string;
  readonly port: number;
}

/** A listening proxy: the port of 127.0.0.1 behind which the target seems further away. */
export interface DelayingProxy {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A network between a client and its server: bytes reach the other side `oneWayMs` after they were
 * sent, in order, as many at a time as are sent. Timers of the same length fire in the order in
 * which they were made, which is what keeps the order here.
 */
export async function startDelayingProxy(
  target: ProxyTarget,
  oneWayMs: number,
): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (client) => {
    const upstream = dial({ ...target, noDelay: true });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => setTimeout(() => to.write(bytes), oneWayMs));
      from.on('end', () => setTimeout(() => to.end(), oneWayMs));
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as { port: number }).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
