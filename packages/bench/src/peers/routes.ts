import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Booking, bookRoute, ProblemError } from '@stile/api';
import type pg from 'pg';
import { Type } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import type { Peer } from './peer.js';

export interface PeerRoutesOptions {
  /** The peer as it is tuned now. */
  readonly peer: () => Peer;
  /** For what only reads. */
  readonly pool: pg.Pool;
}

const IdParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const PeerEvent = Type.Object({
  id: Type.String(),
  sections: Type.Array(
    Type.Object({ id: Type.String(), capacity: Type.Integer(), remaining: Type.Integer() }),
  ),
});

const readBooking = {
  name: 'peer-read-booking',
  text: `SELECT bookings.id, event_id AS "eventId", section_id AS "sectionId", quantity, seats,
                bookings.price::float8 AS price, accepted_at AS "acceptedAt"
           FROM peers.bookings JOIN peers.sections ON sections.id = section_id
          WHERE bookings.id = $1`,
};
const readEvent = {
  name: 'peer-read-event',
  text: 'SELECT id, capacity, remaining FROM peers.sections WHERE event_id = $1 ORDER BY id',
};

/**
 * What a peer serves, on Stile's own server with the schemas of Stile's POST /bookings: what is
 * compared is the strategy, not the framework around it.
 */
export const peerRoutes: FastifyPluginAsyncTypebox<PeerRoutesOptions> = async (
  app,
  { peer, pool },
) => {
  app.post(
    '/bench/peer/bookings',
    { ...bookRoute, schema: { ...bookRoute.schema, hide: true } },
    async (request, reply) => {
      const { sectionId, seats } = request.body;
      const quantity = request.body.quantity ?? seats?.length ?? 1;
      const bookingId = uuidv7();
      const acceptedAt = new Date().toISOString();
      const outcome = await peer().book({
        bookingId,
        sectionId,
        quantity,
        ...(seats && { seats }),
      });
      if (outcome.kind !== 'confirmed') throw problemOf(outcome);
      const { eventId, seatPrice } = outcome;
      reply.code(201).header('location', `/bench/peer/bookings/${bookingId}`);
      return {
        ...{ id: bookingId, status: 'confirmed' as const, eventId, sectionId, quantity },
        ...(seats && { seats }),
        ...{ price: seatPrice * quantity, acceptedAt, decidedAt: new Date().toISOString() },
      };
    },
  );

  app.get(
    '/bench/peer/bookings/:id',
    { schema: { hide: true, params: IdParams, response: { 200: Booking } } },
    async (request) => {
      const { id } = request.params;
      const { rows } = await pool.query({ ...readBooking, values: [id] });
      const [row] = rows;
      if (row === undefined) throw new ProblemError('unknown-booking', { detail: id });
      const { seats, acceptedAt, ...booking } = row;
      const acceptedAtText = acceptedAt.toISOString();
      return {
        ...booking,
        ...(seats && { seats }),
        status: 'confirmed',
        acceptedAt: acceptedAtText,
      };
    },
  );

  app.get(
    '/bench/peer/events/:id',
    { schema: { hide: true, params: IdParams, response: { 200: PeerEvent } } },
    async ({ params: { id } }) => {
      const { rows } = await pool.query({ ...readEvent, values: [id] });
      return { id, sections: rows };
    },
  );
};

function problemOf(outcome: Exclude<Awaited<ReturnType<Peer['book']>>, { kind: 'confirmed' }>) {
  switch (outcome.kind) {
    case 'sold-out':
      return new ProblemError('sold-out', { detail: 'Not enough seats are left.' });
    case 'seat-taken':
      return new ProblemError('seat-taken', { detail: 'One of these seats is taken.' });
    case 'gave-up':
      return new ProblemError('overloaded', { detail: outcome.cause, retryAfterSeconds: 1 });
  }
}
