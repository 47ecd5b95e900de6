import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Booking } from '../booking-view.js';
import { preferredWaitSeconds } from '../prefer.js';
import { bookRoute } from './book.js';

const neverStored = {
  id: '01900000-0000-7000-8000-000000000001',
  status: 'confirmed',
  eventId: '01900000-0000-7000-8000-000000000002',
  price: 3_500,
  sequence: 1,
} as const;

/**
 * /bench/validate-only: takes and answers what POST /bookings does, and does nothing else. It is
 * the most that this server could do; the benchmark divides by it. Served only when asked for.
 */
export const benchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/bench/validate-only',
    { ...bookRoute, schema: { ...bookRoute.schema, hide: true } },
    async (request, reply) => {
      const waitSeconds = preferredWaitSeconds(request.headers.prefer);
      if (waitSeconds !== undefined) reply.header('preference-applied', `wait=${waitSeconds}`);
      reply.code(201).header('location', `/bookings/${neverStored.id}`);
      const now = new Date().toISOString();
      const { sectionId, quantity = 1 } = request.body;
      return { ...neverStored, sectionId, quantity, acceptedAt: now, decidedAt: now } as Booking;
    },
  );
};
