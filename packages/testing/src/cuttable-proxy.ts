import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A server that can go down and come back, as its clients see it. */
export interface CuttableProxy {
  readonly url: string;
  /** Ends every connection; new ones are refused. */
  cut(): Promise<void>;
  restore(): Promise<void>;
}

/** Stands between a client and the server of this address. Cut it at the end to close it. */
export async function startCuttableProxy(serverUrl: string): Promise<CuttableProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  const forward = (client: Socket) => {
    const upstream = dial(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    client.pipe(upstream).pipe(client);
  };
  const restore = async () => {
    server = createServer(forward);
    await once(server.listen(port, '127.0.0.1'), 'listening');
    port = (server.address() as { port: number }).port;
  };
  const cut = async () => {
    const closed = server && once(server.close(), 'close');
    server = undefined;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  await restore();
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return { url: url.href, cut, restore };
}
