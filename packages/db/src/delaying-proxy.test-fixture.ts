import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

export interface DelayingProxy {
  /** The address of the database behind the proxy. */
  readonly url: string;
  /** Counts the flights from the client to the server while the work runs. */
  countFlights(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Longer than a client needs to write out all that it may write without an answer. */
const delayMs = 40;

/**
 * A network of some length between a client and its server. A flight begins when the client sends
 * something after it has received something; all that it sends before the next answer reaches it
 * belongs to the same flight. Answers travel for 40 ms, so a client that doesn't wait is not taken
 * for one that does, in however many packets it writes.
 */
export async function startDelayingProxy(databaseUrl: string): Promise<DelayingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let flights = 0;
  let isAnswered = true;
  const server = createServer((client) => {
    const upstream = dial(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    client.on('data', (bytes) => {
      if (isAnswered) flights++;
      isAnswered = false;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      setTimeout(() => {
        isAnswered = true;
        client.write(bytes);
      }, delayMs);
    });
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    countFlights: async (work) => {
      const before = flights;
      isAnswered = true;
      await work();
      return flights - before;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
