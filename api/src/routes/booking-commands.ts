import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isBookingId, jobIdParts } from '@stile/core';
import { type BookingRow, cancelQueued, type Database, findBooking } from '@stile/db';
import type { Outcome, QueuedBookings } from '@stile/queue';
import { Type } from 'typebox';
import { type Caller, givenBy, type Owned, owns } from '../access/caller.js';
import { Booking, bookingFromRow } from '../booking-view.js';
import { examples } from '../examples.js';
import type { Intake } from '../intake.js';
import { prefersAsync, waitSecondsMax } from '../prefer.js';
import { ProblemError, unknownBooking } from '../problems.js';
import { originOf } from '../request-origin.js';
import { Id, IdParams, OneOf, Problem, shown } from '../schemas.js';

export interface BookingCommandRoutesOptions {
  readonly db: Database;
  readonly intake: Intake;
  readonly queued: QueuedBookings;
}

/** A booking's section, whose it is, and its row when it is stored. */
interface Located extends Owned {
  readonly sectionId: string;
  readonly row?: BookingRow;
}

const headers = Type.Object({
  prefer: Type.Optional(Type.String({ description: '`respond-async` (RFC 7240) answers 202.' })),
});
const Queued = Type.Object(
  { id: Id('The booking.'), status: OneOf(['queued'], 'The command is in its lane.') },
  shown('Queued', examples.queued),
);

/** Confirming and cancelling bookings: commands in the lane of the booking, which they wait for. */
export const bookingCommandRoutes: FastifyPluginAsyncTypebox<BookingCommandRoutesOptions> = async (
  app,
  { db, intake, queued },
) => {
  const waitMs = waitSecondsMax * 1000;

  const find = async (id: string): Promise<Located | undefined> => {
    const row = await findBooking(db, id);
    if (row !== undefined) return { sectionId: row.sectionId, caller: row.caller, row };
    const command = isBookingId(id) ? (await queued.find(id))?.command : undefined;
    if (command !== undefined) return command;
    const since = await findBooking(db, id);
    return since && { sectionId: since.sectionId, caller: since.caller, row: since };
  };

  /** A booking of the caller's that is stored or queued; a 404 for any other id. */
  const locate = async (id: string, caller: Caller): Promise<Located> => {
    const located = await find(id);
    if (located === undefined || !owns(caller, located)) throw unknownBooking(id);
    return located;
  };

  app.post(
    '/bookings/:id/confirm',
    {
      config: { access: 'book', holds: 'wait-unless-async' },
      schema: {
        tags: ['bookings'],
        summary: 'Confirm a held booking',
        params: IdParams,
        headers,
        response: {
          200: Booking,
          202: Queued,
          404: Problem('There is no such booking.', 'unknown-booking'),
          409: Problem(
            'Its hold is over, or it is not held.',
            'hold-expired',
            'not-held',
            'not-decidable',
          ),
          503: Problem(
            'The lane did not answer in time, or a server is down; see Retry-After.',
            'overloaded',
            'unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      const { sectionId } = await locate(id, request.caller);
      const by = givenBy(request.caller);
      const command = { kind: 'confirm', sectionId, bookingId: id, ...by } as const;
      const lane = jobIdParts(id).lane;
      const origin = originOf(request);
      if (prefersAsync(request.headers.prefer)) {
        await intake.submit(lane, command, { waitMs: 0, origin });
        return accepted(reply, id, intake.pollAfterSeconds(lane));
      }
      const outcome = await intake.outcomeOf(lane, command, { waitMs, client: reply.raw, origin });
      const row = await findBooking(db, id);
      if (outcome === undefined || row === undefined)
        return accepted(reply, id, intake.pollAfterSeconds(lane));
      if (outcome.kind === 'done' && row.status !== 'expired') return bookingFromRow(row);
      throw notHeld(outcome, row);
    },
  );

  app.delete(
    '/bookings/:id',
    {
      config: { access: 'book', holds: 'wait-unless-async' },
      schema: {
        tags: ['bookings'],
        summary: 'Cancel a booking, queued, held or confirmed: its seats are free again',
        params: IdParams,
        headers,
        response: {
          202: Queued,
          204: Type.Null({ description: 'It is cancelled.' }),
          404: Problem('There is no such booking.', 'unknown-booking'),
          409: Problem('It was rejected or has expired.', 'not-cancellable', 'not-decidable'),
          503: Problem(
            'The lane did not answer in time, or a server is down; see Retry-After.',
            'overloaded',
            'unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      const located = await locate(id, request.caller);
      if (located.row?.status === 'cancelled') return reply.code(204).send(null);
      if (located.row === undefined) {
        const command = (await queued.find(id))?.command;
        // Cancelled before its turn came: the lane will find it so and sell nothing.
        if (command !== undefined && (await cancelQueued(db, command))) {
          return reply.code(204).send(null);
        }
      }
      const { sectionId } = located;
      const by = givenBy(request.caller);
      const command = { kind: 'cancel', sectionId, bookingId: id, ...by } as const;
      const lane = jobIdParts(id).lane;
      const origin = originOf(request);
      if (prefersAsync(request.headers.prefer)) {
        await intake.submit(lane, command, { waitMs: 0, origin });
        return accepted(reply, id, intake.pollAfterSeconds(lane));
      }
      const outcome = await intake.outcomeOf(lane, command, { waitMs, client: reply.raw, origin });
      if (outcome === undefined) return accepted(reply, id, intake.pollAfterSeconds(lane));
      if (outcome.kind === 'done') return reply.code(204).send(null);
      throw notCancellable(outcome);
    },
  );
};

/** The command is in its lane and will be decided there; the booking tells what came of it. */
function accepted<Reply extends { code(code: 202): Reply; header(n: string, v: unknown): Reply }>(
  reply: Reply,
  id: string,
  retryAfterSeconds: number,
) {
  reply.code(202).header('location', `/bookings/${id}`).header('retry-after', retryAfterSeconds);
  return { id, status: 'queued' as const };
}

const undecidable = (): ProblemError =>
  new ProblemError('not-decidable', { detail: 'The command can not be decided; it is logged.' });

function notHeld(outcome: Outcome, row: BookingRow): ProblemError {
  if (outcome.kind === 'refused' && outcome.refusal === 'undecidable') return undecidable();
  if (outcome.kind === 'refused' && outcome.refusal === 'unknown') return unknownBooking(row.id);
  const expired = row.status === 'expired';
  return new ProblemError(expired ? 'hold-expired' : 'not-held', {
    detail: expired
      ? `The hold ended at ${row.expiresAt?.toISOString()}; its seats are free again.`
      : `The booking is ${row.status}; only one that is held can be confirmed.`,
    members: { bookingId: row.id, bookingStatus: row.status },
  });
}

function notCancellable(outcome: Outcome): ProblemError {
  const refusal = outcome.kind === 'refused' ? outcome.refusal : 'unknown';
  if (refusal === 'undecidable') return undecidable();
  if (refusal === 'unknown') {
    return new ProblemError('unknown-booking', { detail: 'There is no such booking.' });
  }
  return new ProblemError('not-cancellable', {
    detail: `The booking is ${refusal} and has no seats to give back.`,
    members: { bookingStatus: refusal },
  });
}
