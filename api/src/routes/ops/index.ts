import type { FastifyPluginAsync } from 'fastify';
import { type DemoSaleRoutesOptions, demoSaleRoutes } from './demo-sale.js';
import { type OverviewRoutesOptions, overviewRoutes } from './overview.js';
import { type StoryRoutesOptions, storyRoutes } from './story.js';

export type OpsRoutesOptions = Omit<OverviewRoutesOptions, 'canRunDemoSale'> &
  StoryRoutesOptions &
  DemoSaleRoutesOptions & {
    /** Serves the route that runs a sale nobody asked for: never in production. */
    readonly demoSale: boolean;
  };

/** Everything below /ops, for operators: the page and what it shows. */
export const opsRoutes: FastifyPluginAsync<OpsRoutesOptions> = async (app, options) => {
  app.get('/ops', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('ops.html'),
  );
  await app.register(overviewRoutes, { ...options, canRunDemoSale: options.demoSale });
  await app.register(storyRoutes, options);
  if (options.demoSale) await app.register(demoSaleRoutes, options);
};
