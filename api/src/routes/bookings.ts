import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isBookingId, jobIdParts } from '@stile/core';
import { type Database, findBookings, listBookings } from '@stile/db';
import type { OpenLanes, Place, QueuedBooking, QueuedBookings } from '@stile/queue';
import { Type } from 'typebox';
import { ownOnly, owns } from '../access/caller.js';
import { batchedReads } from '../batched-reads.js';
import { Booking, bookingFromCommand, bookingFromRow, bookingStatuses } from '../booking-view.js';
import { idFromCursor, pageOf } from '../cursor.js';
import { unknownBooking } from '../problems.js';
import { Body, Id, IdParams, OneOf, Page, PageQuery, Problem } from '../schemas.js';
import type { SectionDirectory } from '../section-directory.js';

export interface BookingRoutesOptions {
  readonly db: Database;
  readonly sections: SectionDirectory;
  readonly queued: QueuedBookings;
  readonly lanes: OpenLanes;
}

const pollAfterSecondsMax = 60;
const waitedShare = 0.25;

const storedStatuses = bookingStatuses.filter((status) => status !== 'queued');

/** GET /bookings: what became of the requests. */
export const bookingRoutes: FastifyPluginAsyncTypebox<BookingRoutesOptions> = async (
  app,
  { db, sections, queued, lanes },
) => {
  /** A booking can be shown without its place: the queue that knows it may be down. */
  const placeOf = async (booking: QueuedBooking): Promise<Place> =>
    lanes
      .at(jobIdParts(booking.jobId).lane)
      .line.placeOf(booking)
      .catch(() => ({}));

  const readBooking = batchedReads((ids) => findBookings(db, ids));

  app.get(
    '/bookings/:id',
    {
      config: { access: 'book' },
      schema: {
        tags: ['bookings'],
        summary: 'Read a booking, queued or decided',
        params: IdParams,
        response: {
          200: Booking,
          404: Problem('Neither the database nor the queue knows it.', 'unknown-booking'),
        },
      },
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      const decided = await readBooking(id);
      if (decided !== undefined) {
        if (!owns(request.caller, decided)) throw unknownBooking(id);
        return bookingFromRow(decided);
      }

      const booking = isBookingId(id) ? await queued.find(id) : undefined;
      const section = booking && (await sections.find(booking.command.sectionId));
      if (booking === undefined || section === undefined) {
        // It may have been decided between the two look-ups.
        const sinceDecided = await readBooking(id);
        if (sinceDecided === undefined || !owns(request.caller, sinceDecided)) {
          throw unknownBooking(id);
        }
        return bookingFromRow(sinceDecided);
      }
      if (!owns(request.caller, booking.command)) throw unknownBooking(id);
      const place = await placeOf(booking);
      reply.header('retry-after', pollAfter(place, booking.command.acceptedAtUs / 1000));
      return bookingFromCommand(booking.command, section, place);
    },
  );

  app.get(
    '/bookings',
    {
      config: { access: 'book' },
      schema: {
        tags: ['bookings'],
        summary: 'List your decided bookings, newest first; operators see everybody’s',
        querystring: Body({
          ...PageQuery,
          eventId: Type.Optional(Id('Only bookings of this event.')),
          sectionId: Type.Optional(Id('Only bookings of this section.')),
          userId: Type.Optional(Id('Only bookings of this user.')),
          status: Type.Optional(OneOf(storedStatuses, 'Only bookings with this status.')),
        }),
        response: { 200: Page(Booking), 400: Problem('A parameter is not valid.', 'validation') },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const before = cursor === undefined ? {} : { before: idFromCursor(cursor) };
      const rows = await listBookings(db, {
        ...filter,
        ...before,
        ...ownOnly(request.caller),
        limit: limit + 1,
      });
      return pageOf(rows, limit, bookingFromRow);
    },
  );
};

/**
 * Seconds after which its turn should have come, from 1 to 60: as measured, and at least a quarter
 * of what it has waited already, so that a long backlog is not made longer by those who ask for it.
 */
const pollAfter = ({ estimatedWaitMs = 0 }: Place, acceptedAtMs: number): number => {
  const waitMs = Math.max(estimatedWaitMs, (Date.now() - acceptedAtMs) * waitedShare);
  return Math.min(pollAfterSecondsMax, Math.max(1, Math.ceil(waitMs / 1000)));
};
