import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Database, findUnownedLanes } from '@stile/db';
import { Type } from 'typebox';
import { examples } from '../examples.js';
import { OneOf, shown } from '../schemas.js';

export interface HealthRoutesOptions {
  readonly db: Database;
  /** Resolves when the queue's server answers. */
  readonly pingQueue: () => Promise<unknown>;
  /** True while outcomes are heard. */
  readonly isListening: () => boolean;
  /** True once the process is about to stop. */
  readonly isStopping: () => boolean;
}

const Check = OneOf(['up', 'down'], 'Whether it answers.');
const Readiness = Type.Object(
  {
    status: OneOf(['ready', 'not ready', 'stopping'], 'Whether bookings are accepted and decided.'),
    database: Check,
    queue: Check,
    outcomes: Check,
    lanesWithoutOwner: Type.Array(Type.Integer(), { description: 'No worker decides in these.' }),
  },
  shown('Readiness', examples.ready),
);

/**
 * /health: `live` for load balancers and supervisors, of this process alone; `ready` for people and
 * alarms, of all that a booking takes.
 */
export const healthRoutes: FastifyPluginAsyncTypebox<HealthRoutesOptions> = async (
  app,
  { db, pingQueue, isListening, isStopping },
) => {
  app.get(
    '/health/live',
    {
      config: { access: 'public', unlimited: true },
      schema: {
        tags: ['operations'],
        summary: 'The process runs and takes requests',
        response: {
          200: Type.Object(
            { status: OneOf(['live'], 'It takes requests.') },
            shown('Liveness', { status: 'live' }),
          ),
          503: Type.Object(
            { status: OneOf(['stopping'], 'It is about to stop: ask others.') },
            shown('Stopping', { status: 'stopping' }),
          ),
        },
      },
    },
    async (_request, reply) => {
      if (!isStopping()) return { status: 'live' as const };
      return reply
        .code(503)
        .header('retry-after', 1)
        .send({ status: 'stopping' as const });
    },
  );

  app.get(
    '/health/ready',
    {
      config: { access: 'public', unlimited: true },
      schema: {
        tags: ['operations'],
        summary: 'Database, queue and lanes are ready for bookings',
        response: {
          200: { ...Readiness, description: 'It is ready.' },
          503: { ...Readiness, description: 'It is not; what is down says why.' },
        },
      },
    },
    async (_request, reply) => {
      const [lanes, queue] = await Promise.allSettled([findUnownedLanes(db), pingQueue()]);
      const lanesWithoutOwner = lanes.status === 'fulfilled' ? lanes.value : [];
      const database = up(lanes.status === 'fulfilled');
      const checks = {
        database,
        queue: up(queue.status === 'fulfilled'),
        outcomes: up(isListening()),
      };
      const stopping = isStopping();
      const ready =
        !stopping && !Object.values(checks).includes('down') && lanesWithoutOwner.length === 0;
      if (!ready) reply.code(503).header('retry-after', 1);
      const notReady = stopping ? ('stopping' as const) : ('not ready' as const);
      return { status: ready ? ('ready' as const) : notReady, ...checks, lanesWithoutOwner };
    },
  );
};

const up = (isUp: boolean): 'up' | 'down' => (isUp ? 'up' : 'down');
