import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/** A server that is as far away as was asked for. */
export interface DistantServer {
  /** Its address, in place of the one given. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Puts a network in front of the server at this address: whatever the server says is heard
 * `roundTripMs` later, in order, so each time that somebody waits for it costs one round trip.
 */
export async function startDistantServer(url: string, roundTripMs: number): Promise<DistantServer> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = dial({ port: Number(target.port), host: target.hostname, noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    }
    client.on('data', (bytes) => upstream.write(bytes)).on('close', () => upstream.destroy());
    upstream
      .on('data', (bytes) => setTimeout(() => client.write(bytes), roundTripMs))
      .on('close', () => setTimeout(() => client.destroy(), roundTripMs));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const distant = new URL(url);
  distant.hostname = '127.0.0.1';
  distant.port = String((server.address() as { port: number }).port);
  return {
    url: distant.href,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
