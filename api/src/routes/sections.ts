import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Database, findSection, type SectionRow } from '@stile/db';
import type { Outcome } from '@stile/queue';
import { Type } from 'typebox';
import { changeTerms } from '../change-terms.js';
import { cursorAfterSeat, seatFromCursor } from '../cursor.js';
import { presentSection, Section } from '../event-view.js';
import { examples } from '../examples.js';
import type { Intake } from '../intake.js';
import { ProblemError, unknownSection } from '../problems.js';
import {
  Body,
  Capacity,
  Changes,
  HoldSeconds,
  IdParams,
  Limit,
  OneOf,
  OrNull,
  Page,
  PageQuery,
  Price,
  Problem,
  shown,
} from '../schemas.js';
import { SeatLister, seatStatuses } from '../seat-lister.js';
import type { SectionDirectory } from '../section-directory.js';

export interface SectionRoutesOptions {
  readonly db: Database;
  readonly intake: Intake;
  readonly sections: SectionDirectory;
}

const ChangesOfSection = Changes(
  {
    capacity: Type.Optional(Capacity),
    price: Type.Optional(Price('Of one seat, for those who book from now on.')),
    maxPerBooking: Type.Optional(OrNull(Limit('Seats one booking may have at most.'))),
    maxPerUser: Type.Optional(OrNull(Limit('Seats one user may have at most.'))),
    holdSeconds: Type.Optional(HoldSeconds),
  },
  shown('ChangesOfSection', examples.changesOfSection),
);

const Seat = Type.Object(
  {
    label: Type.String({ description: 'Names the seat in POST /bookings.' }),
    row: Type.String(),
    number: Type.Integer({ description: 'Its place in the row, from 1 on.' }),
    status: OneOf(seatStatuses, 'Whether somebody has it.'),
  },
  shown('Seat', examples.seat),
);

/** /sections: changing one, and its numbered seats. */
export const sectionRoutes: FastifyPluginAsyncTypebox<SectionRoutesOptions> = async (
  app,
  { db, intake, sections },
) => {
  const lister = new SeatLister(db);
  const mustFind = async (id: string): Promise<SectionRow> => {
    const section = await findSection(db, id);
    if (section === undefined) throw unknownSection(id);
    return section;
  };

  app.patch(
    '/sections/:id',
    {
      config: { access: 'events:write' },
      schema: {
        tags: ['events'],
        summary: 'Change a section, in its turn among the bookings; null takes a limit away',
        params: IdParams,
        body: ChangesOfSection,
        response: {
          200: Section,
          400: Problem('The body is not valid.', 'validation', 'bad-json'),
          404: Problem('There is no such section.', 'unknown-section'),
          409: Problem(
            'More seats are sold than that, or the seats are numbered.',
            'below-sold',
            'fixed-seats',
          ),
          503: Problem(
            'The lane did not answer in time, or a server is down; see Retry-After.',
            'overloaded',
            'unavailable',
          ),
        },
      },
    },
    async (request) => {
      const section = await mustFind(request.params.id);
      const outcome = await changeTerms(intake, section, request.body, request.caller);
      sections.forget([section.id]);
      const after = await mustFind(section.id);
      if (outcome.kind !== 'done') throw notChanged(outcome, after);
      return presentSection(after);
    },
  );

  app.get(
    '/sections/:id/seats',
    {
      config: { access: 'events:read' },
      schema: {
        tags: ['events'],
        summary: 'List the numbered seats of a section, from the front',
        params: IdParams,
        querystring: Body({
          ...PageQuery,
          status: Type.Optional(OneOf(seatStatuses, 'Only seats with this status.')),
        }),
        response: {
          200: Page(Seat),
          400: Problem('A parameter is not valid.', 'validation'),
          404: Problem('There is no such section.', 'unknown-section'),
          409: Problem('Its seats have no numbers.', 'no-numbered-seats'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, status } = request.query;
      const section = await mustFind(request.params.id);
      const plan = lister.planOf(section);
      if (plan === undefined) {
        throw new ProblemError('no-numbered-seats', {
          detail: `${section.remaining} of ${section.capacity} seats are available; none has a number.`,
        });
      }
      const from = cursor === undefined ? 0 : seatFromCursor(cursor) + 1;
      const seats = await lister.list(section, plan, { status, from, limit: limit + 1 });
      const page = seats.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map(({ position, ...seat }) => seat),
        nextCursor: seats.length > limit && last ? cursorAfterSeat(last.position) : null,
      };
    },
  );
};

function notChanged(outcome: Outcome, section: SectionRow): ProblemError {
  const refusal = outcome.kind === 'refused' ? outcome.refusal : undefined;
  if (refusal === 'below_sold') {
    const sold = section.held + section.confirmed;
    return new ProblemError('below-sold', {
      detail: `${sold} seats are held or confirmed; the capacity can't be less.`,
      members: { sold },
    });
  }
  if (refusal === 'reserved') {
    return new ProblemError('fixed-seats', {
      detail: `The section has ${section.capacity} numbered seats; make another for more.`,
    });
  }
  throw new Error(`a change of section ${section.id} came to ${JSON.stringify(outcome)}`);
}
