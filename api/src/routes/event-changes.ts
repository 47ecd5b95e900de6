import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type Database,
  type EventChanges,
  type EventWithSections,
  findEvent,
  updateEvent,
} from '@stile/db';
import { type Static, Type } from 'typebox';
import type { Caller } from '../access/caller.js';
import { changeTerms } from '../change-terms.js';
import { closeAndDelete } from '../delete-event.js';
import { Event, presentEvent } from '../event-view.js';
import { examples } from '../examples.js';
import { instantOrNone } from '../instant.js';
import type { Intake } from '../intake.js';
import { EventName, emptyWindow, Kind } from '../new-event.js';
import { unknownEvent } from '../problems.js';
import { Changes, IdParams, Instant, OrNull, Problem, shown } from '../schemas.js';
import type { SectionDirectory } from '../section-directory.js';

export interface EventChangeRoutesOptions {
  readonly db: Database;
  readonly intake: Intake;
  readonly sections: SectionDirectory;
}

const ChangesOfEvent = Changes(
  {
    name: Type.Optional(EventName),
    kind: Type.Optional(OrNull(Kind)),
    startsAt: Type.Optional(OrNull(Instant('When it begins.'))),
    salesOpenAt: Type.Optional(OrNull(Instant('When sales begin, in all of its sections.'))),
    salesCloseAt: Type.Optional(OrNull(Instant('When sales end, in all of its sections.'))),
  },
  shown('ChangesOfEvent', examples.changesOfEvent),
);

const unavailable = Problem(
  'A lane did not answer in time, or a server is down; see Retry-After.',
  'overloaded',
  'unavailable',
);

/** Looks at the sections at most, after which somebody else is still changing the same event. */
const looksMax = 5;

/** Changing and deleting events. */
export const eventChangeRoutes: FastifyPluginAsyncTypebox<EventChangeRoutesOptions> = async (
  app,
  { db, intake, sections },
) => {
  app.patch(
    '/events/:id',
    {
      config: { access: 'events:write' },
      schema: {
        tags: ['events'],
        summary: 'Change an event; null takes a field away',
        params: IdParams,
        body: ChangesOfEvent,
        response: {
          200: Event,
          400: Problem('The body is not valid.', 'validation', 'bad-json'),
          404: Problem('There is no such event.', 'unknown-event'),
          503: unavailable,
        },
      },
    },
    async (request) => {
      const { id } = request.params;
      const changes = changesIn(request.body);
      const update = await updateEvent(db, id, changes);
      if (update === 'unknown') throw unknownEvent(id);
      if (update === 'empty-window') throw emptyWindow();
      return presentEvent(await withAlignedSections(id, request.caller));
    },
  );

  app.delete(
    '/events/:id',
    {
      config: { access: 'events:write' },
      schema: {
        tags: ['events'],
        summary: 'Delete an event that has no live bookings; its bookings stay readable',
        params: IdParams,
        response: {
          204: Type.Null({ description: 'It is deleted.' }),
          404: Problem('There is no such event.', 'unknown-event'),
          409: Problem('It has live bookings.', 'live-bookings'),
          503: unavailable,
        },
      },
    },
    async (request, reply) => {
      sections.forget(
        await closeAndDelete({ db, intake, caller: request.caller }, request.params.id),
      );
      return reply.code(204).send(null);
    },
  );

  /**
   * Gives the event's sales window to the sections that don't have it, each through its lane, and
   * looks again: of two changes at once each leaves the sections with what the event says then,
   * and a change that was cut short is completed by the next.
   */
  async function withAlignedSections(id: string, caller: Caller): Promise<EventWithSections> {
    for (let look = 1; ; look++) {
      const event = await findEvent(db, id);
      if (event === undefined) throw unknownEvent(id);
      const stale = event.sections.filter((section) => !sameWindow(section, event));
      if (stale.length === 0 || look === looksMax) return event;
      const terms = {
        salesOpenAtUs: microseconds(event.salesOpenAt),
        salesCloseAtUs: microseconds(event.salesCloseAt),
      };
      await Promise.all(stale.map((section) => changeTerms(intake, section, terms, caller)));
    }
  }
};

type Window = Pick<EventWithSections, 'salesOpenAt' | 'salesCloseAt'>;

const microseconds = (time: Date | null): number | null =>
  time === null ? null : time.getTime() * 1000;

const sameWindow = (a: Window, b: Window): boolean =>
  a.salesOpenAt?.getTime() === b.salesOpenAt?.getTime() &&
  a.salesCloseAt?.getTime() === b.salesCloseAt?.getTime();

function changesIn(body: Static<typeof ChangesOfEvent>): EventChanges {
  const { startsAt, salesOpenAt, salesCloseAt, ...rest } = body;
  const times = {
    startsAt: instantOrNone('/startsAt', startsAt),
    salesOpenAt: instantOrNone('/salesOpenAt', salesOpenAt),
    salesCloseAt: instantOrNone('/salesCloseAt', salesCloseAt),
  };
  return { ...rest, ...withoutUndefined(times) };
}

const withoutUndefined = <Times extends Readonly<Record<string, Date | null | undefined>>>(
  times: Times,
) =>
  Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)) as {
    [Name in keyof Times]?: Exclude<Times[Name], undefined>;
  };
