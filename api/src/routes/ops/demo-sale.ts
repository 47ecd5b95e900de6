import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Event, presentEvent } from '../../event-view.js';
import { DemoSale, type DemoSaleOptions } from '../../ops/demo-sale.js';
import { Problem } from '../../schemas.js';

export type DemoSaleRoutesOptions = DemoSaleOptions;

/** POST /ops/demo-sale: for trying Stile; not served in production. */
export const demoSaleRoutes: FastifyPluginAsyncTypebox<DemoSaleRoutesOptions> = async (
  app,
  options,
) => {
  const sale = new DemoSale(options);
  app.addHook('preClose', () => sale.stop());

  app.post(
    '/ops/demo-sale',
    {
      schema: {
        tags: ['operations'],
        summary: 'Run a sale of 20 seconds with buyers made up by the server; never in production',
        response: {
          200: Event,
          202: Event,
          503: Problem('A server is down; see Retry-After.'),
        },
      },
    },
    async (_request, reply) => {
      const { isNew, event } = sale.start();
      const opened = presentEvent(await event);
      return reply.code(isNew ? 202 : 200).send(opened);
    },
  );
};
