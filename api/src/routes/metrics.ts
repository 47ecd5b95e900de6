import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Registry } from 'prom-client';
import { Type } from 'typebox';
import { examples } from '../examples.js';

export interface MetricsRoutesOptions {
  readonly registry: Registry;
  /** Looks up what is shown as of now; never throws. */
  readonly refresh: () => Promise<void>;
}

/** GET /metrics: what Prometheus reads. */
export const metricsRoutes: FastifyPluginAsyncTypebox<MetricsRoutesOptions> = async (
  app,
  { registry, refresh },
) => {
  app.get(
    '/metrics',
    {
      config: { access: 'metrics:read', unlimited: true },
      schema: {
        tags: ['operations'],
        summary: 'Metrics of this process, in the text format of Prometheus',
        produces: ['text/plain'],
        response: {
          200: Type.String({
            description: 'docs/observability.md explains each.',
            examples: [examples.metrics],
          }),
        },
      },
    },
    async (_request, reply) => {
      await refresh();
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
};
