import { startDelayingProxy } from './delaying-proxy.js';
import type { FarServersRequest } from './far-servers.js';

// The proxy is a process of its own: its timers must not wait for anybody's work.
process.once('message', async ({ targets, oneWayMs }: FarServersRequest) => {
  const proxies = await Promise.all(targets.map((target) => startDelayingProxy(target, oneWayMs)));
  process.send?.({ ports: proxies.map(({ port }) => port) });
});
process.on('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
process.send?.({});
