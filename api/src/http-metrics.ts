import { type Tally, TallyHistogram } from '@stile/telemetry';
import type { FastifyInstance, onResponseAsyncHookHandler, RouteOptions } from 'fastify';
import type { Registry } from 'prom-client';

const bucketsSeconds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/**
 * Counts and times the requests of every route that is registered after it. Each route gets a hook
 * of its own that knows its tallies by status, so a request costs one look-up in a small map.
 */
export function useHttpMetrics(app: FastifyInstance, registry: Registry): void {
  const seconds = new TallyHistogram({
    name: 'stile_http_request_seconds',
    help: 'Time from a request to the end of its answer, waiting for an outcome included.',
    buckets: bucketsSeconds,
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const hookFor = (method: string, route: string): onResponseAsyncHookHandler => {
    const tallies = new Map<number, Tally>();
    return async (_request, { statusCode, elapsedTime }) => {
      let tally = tallies.get(statusCode);
      if (tally === undefined) {
        tally = seconds.tally({ method, route, status: statusCode });
        tallies.set(statusCode, tally);
      }
      tally.observe(elapsedTime / 1000);
    };
  };
  app.addHook('onRoute', (route: RouteOptions) => {
    const hooks = [route.onResponse ?? []].flat();
    route.onResponse = [...hooks, hookFor([route.method].flat().join(','), route.url)];
  });
}
