import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { within } from '@stile/queue';
import type { Registry } from 'prom-client';

export interface HealthListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly registry: Registry;
  /** Each resolves when the part of that name works, and throws when it doesn't. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
}

/** A worker's listener. */
export interface HealthListener {
  /** Such as http://127.0.0.1:9464 */
  readonly address: string;
  stop(): Promise<void>;
}

/** A part that doesn't answer in this time is down: Prometheus itself waits 10 s. */
const answerMsMax = 3_000;

/**
 * Serves what people and machines ask of a worker, which has no other address: /metrics,
 * /health/live and /health/ready. Reads only; knows three addresses.
 */
export async function startHealthListener(options: HealthListenerOptions): Promise<HealthListener> {
  const { host, port, registry, checks } = options;
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/metrics': async (response) => {
      response.setHeader('content-type', registry.contentType);
      response.end(await registry.metrics());
    },
    '/health/live': async (response) => sendJson(response, 200, { status: 'live' }),
    '/health/ready': async (response) => {
      const parts = await look(checks);
      const ready = !Object.values(parts).includes('down');
      if (!ready) response.setHeader('retry-after', 1);
      const status = ready ? 'ready' : 'not ready';
      sendJson(response, ready ? 200 : 503, { status, ...parts });
    },
  };
  const server = createServer((request, response) => {
    const route = routes[new URL(request.url ?? '/', 'http://worker').pathname];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (route === undefined || !isRead) {
      const detail = `A worker answers to GET ${Object.keys(routes).join(', ')}.`;
      return sendJson(response, 404, { title: 'There is nothing at this address', detail });
    }
    route(response).catch((error: Error) => response.destroy(error));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken, family } = server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    stop: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function look(checks: HealthListenerOptions['checks']): Promise<Record<string, string>> {
  const looks = Object.entries(checks).map(async ([part, check]) => {
    const state = await within(check(), answerMsMax, `looking at the ${part}`).then(
      () => 'up',
      () => 'down',
    );
    return [part, state] as const;
  });
  return Object.fromEntries(await Promise.all(looks));
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
