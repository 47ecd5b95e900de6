import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isBookingId, jobIdOf, jobIdParts } from '@stile/core';
import {
  type Database,
  findBooking,
  readBookingStory,
  readSectionNames,
  type StoryRow,
} from '@stile/db';
import { laneQueueName, type QueuedBookings } from '@stile/queue';
import { type Static, Type } from 'typebox';
import { Booking, bookingFromCommand, bookingFromRow } from '../../booking-view.js';
import { examples } from '../../examples.js';
import { optional } from '../../optional.js';
import { ProblemError } from '../../problems.js';
import { IdParams, Problem, shown } from '../../schemas.js';
import type { SectionDirectory } from '../../section-directory.js';

export interface StoryRoutesOptions {
  readonly db: Database;
  readonly sections: SectionDirectory;
  readonly queued: QueuedBookings;
}

const Line = Type.Object({
  sequence: Type.Integer({ description: 'Its number in the ledger of the section.' }),
  command: Type.String({ description: 'book, confirm, cancel or expire.' }),
  outcome: Type.String({ description: 'held, confirmed, rejected, cancelled or expired.' }),
  reason: Type.Optional(Type.String({ description: 'Why it was rejected.' })),
  caller: Type.Optional(Type.String({ description: 'Who asked for it.' })),
  quantity: Type.Integer(),
  seats: Type.Optional(Type.Array(Type.String())),
  remaining: Type.Integer({ description: 'Seats left in the section after it.' }),
  expiresAt: Type.Optional(Type.String({ description: 'When the hold ends.' })),
  acceptedAt: Type.String(),
  decidedAt: Type.String({ description: 'When its transaction began.' }),
  waitMs: Type.Number({ description: 'From acceptance to decision.' }),
  batchSize: Type.Integer({ description: 'Commands its transaction decided in this section.' }),
  placeInBatch: Type.Integer({ description: 'Its place among those, from 1 on.' }),
});
const Story = Type.Object(
  {
    booking: Booking,
    eventName: Type.String(),
    sectionName: Type.String(),
    lane: Type.Integer(),
    queueName: Type.String({ description: 'The queue of its lane, as Bull Board names it.' }),
    jobId: Type.String({ description: 'The job that carried the request.' }),
    apiProcess: Type.Integer({ description: 'The number of the api process that took it.' }),
    jobMadeAt: Type.String({ description: 'When that job was made.' }),
    ledger: Type.Array(Line, { description: 'Empty while it is queued.' }),
  },
  shown('Story', examples.story),
);

/** GET /ops/bookings/:id: all that is known of a booking. */
export const storyRoutes: FastifyPluginAsyncTypebox<StoryRoutesOptions> = async (
  app,
  { db, sections, queued },
) => {
  /** The booking as it is stored, else as it is queued. */
  const findAnywhere = async (id: string): Promise<Booking | undefined> => {
    const stored = await findBooking(db, id);
    if (stored !== undefined) return bookingFromRow(stored);
    const command = isBookingId(id) ? (await queued.find(id))?.command : undefined;
    const section = command && (await sections.find(command.sectionId));
    return command && section && bookingFromCommand(command, section);
  };

  app.get(
    '/ops/bookings/:id',
    {
      schema: {
        tags: ['operations'],
        summary: 'The whole story of a booking, from the ledger',
        params: IdParams,
        response: {
          200: Story,
          404: Problem('Neither the database nor the queue knows it.', 'unknown-booking'),
          503: Problem('A server is down; see Retry-After.'),
        },
      },
    },
    async (request) => {
      const id = request.params.id.toLowerCase();
      const booking = await findAnywhere(id);
      const [section] = booking ? await readSectionNames(db, [booking.sectionId]) : [];
      if (booking === undefined || section === undefined) {
        throw new ProblemError('unknown-booking', { detail: `No booking has the id ${id}.` });
      }
      const { lane, processNumber, timeMs } = jobIdParts(id);
      return {
        booking,
        eventName: section.eventName,
        sectionName: section.name,
        lane,
        queueName: laneQueueName(lane),
        jobId: jobIdOf(id),
        apiProcess: processNumber,
        jobMadeAt: new Date(timeMs).toISOString(),
        ledger: (await readBookingStory(db, id)).map(presentLine),
      };
    },
  );
};

const presentLine = (row: StoryRow): Static<typeof Line> => ({
  sequence: row.sequence,
  command: row.command,
  outcome: row.outcome,
  ...optional('reason', row.reason),
  ...optional('caller', row.caller),
  quantity: row.quantity,
  ...optional('seats', row.seats),
  remaining: row.remaining,
  ...optional('expiresAt', row.expiresAt?.toISOString()),
  acceptedAt: row.acceptedAt.toISOString(),
  decidedAt: row.decidedAt.toISOString(),
  waitMs: Math.max(0, row.decidedAt.getTime() - row.acceptedAt.getTime()),
  batchSize: row.batchSize,
  placeInBatch: row.placeInBatch,
});
