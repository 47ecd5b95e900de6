import type { Tracing } from '@stile/telemetry';
import type { FastifyInstance } from 'fastify';

/**
 * Gives every request a span, from its first byte to the end of its answer. Registered only where
 * an OTLP endpoint is set: without one, requests have no hooks for it.
 */
export function useRequestSpans(app: FastifyInstance, tracing: Tracing): void {
  app.addHook('onRequest', async (request) => {
    const { traceparent } = request.headers;
    const sent = typeof traceparent === 'string' ? traceparent : undefined;
    request.span = tracing.startRequest(request.method, sent);
  });
  app.addHook('onResponse', async ({ span, method, id, routeOptions }, { statusCode }) => {
    const route = routeOptions.url ?? 'unknown';
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': statusCode,
      'stile.request_id': id,
    };
    span?.end(`${method} ${route}`, attributes, statusCode >= 500);
  });
}
