import { fileURLToPath } from 'node:url';
import { BenchProcess } from './bench-process.js';
import type { ProxyTarget } from './delaying-proxy.js';

export interface FarServersRequest {
  readonly targets: readonly ProxyTarget[];
  readonly oneWayMs: number;
}

/** Addresses behind which the servers are some milliseconds away. */
export interface FarServers {
  /** The address of the same thing, further away. */
  far(url: string): string;
  stop(): Promise<void>;
}

/** Half of the 2 ms that a round trip takes more through the proxy. */
export const oneWayMs = 1;

const module = fileURLToPath(new URL('../../dist/servers/delaying-proxy-main.js', import.meta.url));
const defaultPorts: Readonly<Record<string, number>> = { 'redis:': 6379, 'rediss:': 6379 };

/** Starts one proxy for each server that these addresses name. */
export async function startFarServers(urls: readonly string[]): Promise<FarServers> {
  const hosts = [...new Set(urls.map((url) => new URL(url).host))];
  const targets = hosts.map((host) => targetOf(urls, host));
  const proxy = new BenchProcess({ name: 'proxy', modulePath: module, environment: {} });
  await proxy.start();
  const { ports } = (await proxy.ask({ targets, oneWayMs })) as { ports: number[] };
  const portOf = new Map(hosts.map((host, index) => [host, ports[index]]));
  return {
    far: (near) => {
      const url = new URL(near);
      url.port = String(portOf.get(url.host));
      url.hostname = '127.0.0.1';
      return url.href;
    },
    stop: () => proxy.stop(),
  };
}

function targetOf(urls: readonly string[], host: string): ProxyTarget {
  const url = new URL(urls.find((url) => new URL(url).host === host) ?? '');
  return { host: url.hostname, port: Number(url.port) || (defaultPorts[url.protocol] ?? 5432) };
}
